import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { events } from '../../../ipc/bindings';
import { answerCalls } from '../../../ipc/testing';
import { renderScreen } from '../../../components/render-screen';
import { ToastHost } from '../../../components/toasts';
import { useAskedDialog } from '../asked-dialog';
import { useLookedAt } from './looked-at';
import { useOrderNews } from './use-order-news';

function News({ onSecrets }: { onSecrets: () => void }) {
  useOrderNews(onSecrets);
  return null;
}
function Looking() {
  useLookedAt('id-shop');
  return null;
}
function Page({ free, take }: { free: boolean; take: (asked: object) => void }) {
  useAskedDialog(free, take);
  return null;
}

const end = (issued: boolean) => act(() => events.orderEnded.emit({ secret_id: 'id-shop', name: 'shop', issued }));

describe('the news of an order', () => {
  it('tell that it was issued, and lead to Challenges once nothing else is open', async () => {
    answerCalls({});
    const onSecrets = vi.fn();
    const take = vi.fn();
    renderScreen(
      <ToastHost>
        <News onSecrets={onSecrets} />
      </ToastHost>,
    );
    await end(true);
    await screen.findByText('shop: certificate issued');
    await userEvent.click(screen.getByRole('button', { name: 'Challenges' }));
    expect(onSecrets).toHaveBeenCalledOnce();
    expect(screen.queryByText('shop: certificate issued')).toBeNull();
    // the page comes now, with a dialog open that keeps what was entered
    const page = renderScreen(<Page free={false} take={take} />);
    expect(take).not.toHaveBeenCalled();
    page.unmount();
    renderScreen(<Page free take={take} />);
    await waitFor(() => expect(take).toHaveBeenCalledExactlyOnceWith({ action: 'challenges', secretId: 'id-shop' }));
  });

  it('tell that it failed, and lead there on the page that is open', async () => {
    answerCalls({});
    const take = vi.fn();
    renderScreen(
      <ToastHost>
        <News onSecrets={vi.fn()} />
        <Page free take={take} />
      </ToastHost>,
    );
    await end(false);
    await screen.findByText('shop: order failed');
    await userEvent.click(screen.getByRole('button', { name: 'Challenges' }));
    expect(take).toHaveBeenCalledExactlyOnceWith({ action: 'challenges', secretId: 'id-shop' });
  });

  it('are silent while one looks at the order', async () => {
    answerCalls({});
    renderScreen(
      <ToastHost>
        <News onSecrets={vi.fn()} />
        <Looking />
      </ToastHost>,
    );
    await end(true);
    expect(screen.queryByText('shop: certificate issued')).toBeNull();
  });
});
