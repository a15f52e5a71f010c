import { serveRpc } from '../../rpc.ts';
import type { CrowdProcess } from './crowd-process.ts';
import { Crowd } from './crowd.ts';

let crowd: Crowd;
serveRpc<CrowdProcess>({
  open: async (options) => void (crowd = await Crowd.open(options)),
  start: async () => crowd.start(),
  progress: async () => crowd.progress(),
  stop: () => crowd.stop(),
});
