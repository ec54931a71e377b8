import { describe, expect, it } from 'vitest';
import { issuance, order, publicSecret } from '../order-fixture';
import { failureWords } from './failure-words';

const failed = (error_message: string | null, error_code = 'dns', state = 1) =>
  publicSecret({ state, issuance_info: issuance({ state: 3, error_message, error_code }) });

describe('why an order failed', () => {
  it('tells our words from those of the authority at the first line break', () => {
    const words = failureWords(failed('It could not look.\nDNS problem: SERVFAIL\nfor a.test'), order(), true);
    expect(words.reason).toBe('It could not look.');
    expect(words.said).toBe('DNS problem: SERVFAIL\nfor a.test');
    expect(words.kept).toBe('The current certificate stays in force.');
    expect(words.then).toBe('Look at the records with Check DNS, then start a new order.');
  });

  it('says nothing for an authority that said nothing, and sends nobody to records that are no reason', () => {
    const words = failureWords(failed('The order was canceled.', 'canceled'), order(), true);
    expect(words).toMatchObject({ reason: 'The order was canceled.', said: null, then: 'Start a new order to go on.' });
    expect(failureWords(failed('No.'), order({ challenges: [] }), true).then).toBe('Start a new order to go on.');
    expect(failureWords(failed('No.'), order(), false).then).toBe('Start a new order to go on.');
    expect(failureWords(failed(null), order(), true).reason).toBe('The certificate authority gave no reason.');
  });

  it('knows that nothing is left after the first order', () => {
    const words = failureWords(failed('No.', 'dns', 3), order(), true);
    expect(words.kept).toContain('first order');
    expect(words.then).toContain('then delete the secret and create it again');
  });
});
