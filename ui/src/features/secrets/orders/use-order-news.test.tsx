import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { events } from '../../../ipc/bindings';
import { answerCalls } from '../../../ipc/testing';
import { useUnsavedInput } from '../../../components/open-input';
import { renderScreen } from '../../../components/render-screen';
import { TaskDialog } from '../../../components/task-dialog';
import { ToastHost } from '../../../components/toasts';
import { askForDialog, useAskedDialog } from '../asked-dialog';
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
function Form() {
  useUnsavedInput(true);
  return null;
}
function Page({ free, take }: { free: boolean; take: (asked: object) => void }) {
  useAskedDialog(free, undefined, take);
  return null;
}

const end = (issued: boolean) => act(() => events.orderEnded.emit({ secret_id: 'id-shop', name: 'shop', issued }));

/** After an order that ended well. */
async function issued() {
  answerCalls({});
  const onSecrets = vi.fn();
  renderScreen(
    <ToastHost>
      <News onSecrets={onSecrets} />
    </ToastHost>,
  );
  await end(true);
  return { onSecrets, take: vi.fn() };
}

describe('the news of an order', () => {
  it('tell that it was issued, and lead to Challenges', async () => {
    const { onSecrets, take } = await issued();
    await screen.findByText('shop: certificate issued');
    await userEvent.click(screen.getByRole('button', { name: 'Challenges' }));
    expect(onSecrets).toHaveBeenCalledOnce();
    expect(screen.queryByText('shop: certificate issued')).toBeNull();
    // the page comes now
    renderScreen(<Page free take={take} />);
    await waitFor(() => expect(take).toHaveBeenCalledExactlyOnceWith({ action: 'challenges', secretId: 'id-shop' }));
  });

  it('lead nowhere while a dialog or a page holds what was entered, and stay', async () => {
    const { onSecrets, take } = await issued();
    const press = () => userEvent.click(screen.getByRole('button', { name: 'Challenges' }));
    const dialog = renderScreen(
      <TaskDialog heading="Add" onClose={vi.fn()}>
        Something
      </TaskDialog>,
    );
    await press();
    screen.getByText('Close the open dialog first.');
    dialog.unmount();
    const form = renderScreen(<Form />);
    await press();
    screen.getByText('Finish what you began on this page first.');
    form.unmount();
    renderScreen(<Page free take={take} />);
    expect(onSecrets).not.toHaveBeenCalled();
    expect(take).not.toHaveBeenCalled();
    await press();
    expect(onSecrets).toHaveBeenCalledOnce();
    expect(take).toHaveBeenCalledOnce();
  });

  it('do not come back unannounced when the page takes them too late', () => {
    answerCalls({});
    const take = vi.fn();
    const now = vi.spyOn(performance, 'now');
    askForDialog({ action: 'challenges', secretId: 'id-shop' });
    now.mockReturnValue(performance.now() + 60_000);
    renderScreen(<Page free take={take} />);
    now.mockRestore();
    expect(take).not.toHaveBeenCalled();
  });

  it('are one when there are many', async () => {
    answerCalls({});
    const onSecrets = vi.fn();
    renderScreen(
      <ToastHost>
        <News onSecrets={onSecrets} />
      </ToastHost>,
    );
    for (const issued of [true, false, true, true]) await end(issued);
    await screen.findByText('4 orders ended');
    await userEvent.click(screen.getByRole('button', { name: 'Secrets' }));
    expect(onSecrets).toHaveBeenCalledOnce();
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
