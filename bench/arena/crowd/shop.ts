import type { Crowd } from './crowd.ts';
import type { Person } from './person.ts';

interface Reserved {
  id: string;
  total: { amount: number; currency: string };
  tickets: { place: number }[];
}

/** Who finds nothing tries again, as holds come back. */
const MAX_SEARCHES = 4;
const SEARCH_MS = 1_500;
const MAX_PAYMENTS = 20;
/** Every so many-th person's first card is declined. */
const DECLINED_EVERY = 25;
/** What lies between the server's clock at the admission and an answer. */
const CLOCKS_MS = 2_000;

/** Do what the person came for, with the pass. */
export async function shop(crowd: Crowd, person: Person): Promise<void> {
  const { agenda, api, event } = crowd;
  const { shops, thinkMs } = person.choices;
  const leave = () => api.ask(person.sender, 'leaveQueue', { input: { event } });
  if (shops === 'sleep') return;
  await agenda.sleep(thinkMs);
  if (shops === 'look') return leave();
  const reservation = await reserve(crowd, person);
  if (reservation === null) return leave();
  if (shops === 'lapse') return;
  await agenda.sleep(thinkMs);
  if (shops === 'release') {
    await api.ask(person.sender, 'releaseReservation', { input: { reservation: reservation.id } });
    return leave();
  }
  await pay(crowd, person, reservation);
}

async function reserve(crowd: Crowd, person: Person): Promise<Reserved | null> {
  const { api, agenda, event, options } = crowd;
  const { sender, choices, viewer } = person;
  const pass = person.pass!;
  const key = (round: number) => `${viewer}-${round}`;
  if (choices.picks) {
    const first = (person.number * 7_919) % Math.max(1, options.seats - 4);
    const places = Array.from({ length: choices.quantity }, (_, index) => first + index);
    const input = { event, selection: { places }, idempotencyKey: key(0) };
    const answer = await api.ask(sender, 'reserveTickets', { input }, pass);
    if (answer?.__typename === 'TicketsReserved') return answer.reservation;
  }
  let { quantity } = choices;
  for (let search = 1; search <= MAX_SEARCHES && !agenda.isStopped; search++) {
    const input = { event, quantity, idempotencyKey: key(search) };
    const answer = await api.ask(sender, 'reserveBestAvailable', { input }, pass);
    switch (answer?.__typename) {
      case 'TicketsReserved':
        return answer.reservation;
      case 'NoSeatsTogether':
        if (answer.together > 0) quantity = Math.min(quantity, answer.together);
        else await agenda.sleep(SEARCH_MS);
        break;
      case 'AdmissionRequired':
        if (Date.now() + CLOCKS_MS < person.visitEndsAt)
          crowd.complain(
            `${viewer} was refused during its visit, which ends ${new Date(person.visitEndsAt).toISOString()}`,
          );
        return null;
      default:
        return null;
    }
  }
  return null;
}

async function pay(crowd: Crowd, person: Person, { id, total }: Reserved): Promise<void> {
  const { api, agenda } = crowd;
  const { viewer, number, sender } = person;
  let card = number % DECLINED_EVERY === 0 ? 'pm_card_chargeDeclined' : 'pm_card_visa';
  for (let attempt = 1; attempt <= MAX_PAYMENTS && !agenda.isStopped; attempt++) {
    const payment = { amount: { amount: total.amount, currency: total.currency }, paymentMethod: card };
    const input = { reservation: id, payment, idempotencyKey: `${viewer}-${card}` };
    const answer = await api.ask(sender, 'confirmBooking', { input });
    switch (answer?.__typename) {
      case 'BookingConfirmed':
        crowd.receipts.push({
          entry: person.stay!.entry,
          places: answer.booking.tickets.map(({ place }: { place: number }) => place),
        });
        return;
      case 'PaymentDeclined':
        card = 'pm_card_visa';
        break;
      case 'PaymentPending':
      case 'PaymentUnavailable':
      case 'PaymentProviderBusy':
      case 'BookingUnderWay':
        await agenda.sleep(SEARCH_MS);
        break;
      default:
        return;
    }
  }
}
