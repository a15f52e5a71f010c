/** A GraphQL response: `data`, `errors` with their codes, HTTP status and headers. */
interface Answer<Data = Record<string, any>> {
  status: number;
  headers: Headers;
  data: Data | null;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, any> }[];
}

/** A GraphQL client over real HTTP, as one viewer. */
export interface Client {
  /** Send an operation; returns its response, with errors or without. */
  send<Data = Record<string, any>>(query: string, variables?: object): Promise<Answer<Data>>;
  /** Send an operation that must succeed; returns its data. */
  ask<Data = Record<string, any>>(query: string, variables?: object): Promise<Data>;
  /** Send a mutation with one `input` and return its answer: `__typename` and the fields of `selection`. */
  mutate<Result extends { __typename: string } = any>(
    mutation: string,
    input: object,
    selection?: string,
  ): Promise<Result>;
}

/** Open a client that talks to the server at `url`, with a token or without, and with further headers. */
export function openClient(url: string, token?: string, further: Record<string, string> = {}): Client {
  async function send<Data>(query: string, variables: object = {}): Promise<Answer<Data>> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...further,
      },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as { data?: Data | null; errors?: Answer['errors'] };
    return {
      status: response.status,
      headers: response.headers,
      data: body.data ?? null,
      errors: body.errors ?? [],
    };
  }

  async function ask<Data>(query: string, variables?: object): Promise<Data> {
    const { data, errors } = await send<Data>(query, variables);
    if (errors.length > 0 || data === null) {
      throw new Error(`the server answered with errors: ${JSON.stringify(errors, null, 2)}`);
    }
    return data;
  }

  return {
    send,
    ask,
    async mutate(mutation, input, selection = '') {
      const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
      const data = await ask<Record<string, any>>(
        `mutation ($input: ${type}!) {
          answer: ${mutation}(input: $input) { __typename ... on Refusal { message } ${selection} }
        }`,
        { input },
      );
      return data['answer'];
    },
  };
}
