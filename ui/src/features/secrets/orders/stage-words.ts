import type { OrderStage } from '../../../ipc/bindings';

type StageWords = { title: string; text: string };

const words: Readonly<Record<OrderStage, StageWords>> = {
  placing: {
    title: 'The order is being placed.',
    text: 'It is stored, and the certificate authority is asked for the challenges. They appear here.',
  },
  awaiting_records: {
    title: 'The order waits for your TXT records.',
    text: 'Add them to your DNS provider account, check that they are seen, then validate.',
  },
  setting_records: {
    title: 'The DNS provider sets the TXT records.',
    text: 'There is nothing to do. The certificate authority looks once they are seen.',
  },
  validating: {
    title: 'The certificate authority looks at the TXT records.',
    text: 'Leave them as they are. You can close this; the order goes on.',
  },
  issuing: {
    title: 'The certificate authority issues the certificate.',
    text: 'All names are proven. You can close this; the order goes on.',
  },
  issued: { title: 'The certificate was issued.', text: 'It is the current version now.' },
  failed: { title: 'The order failed.', text: '' },
};

/** What an order does or waits for. */
export function stageWords(stage: OrderStage): StageWords {
  return words[stage];
}

/** Whether something goes on without the person. */
export function isWorking(stage: OrderStage): boolean {
  return stage === 'placing' || stage === 'setting_records' || stage === 'validating' || stage === 'issuing';
}

/** Whether nothing more comes of the order. */
export function isOver(stage: OrderStage): boolean {
  return stage === 'issued' || stage === 'failed';
}
