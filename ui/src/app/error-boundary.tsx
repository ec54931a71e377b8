import { Button } from '@carbon/react';
import { Component, type ReactNode } from 'react';

type ErrorBoundaryProps = { children: ReactNode };

/**
 * Stands in for a view that broke. The error itself is not shown: its text may quote what the view
 * was about to show.
 */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <section className="kt-broken" role="alert">
        <h1 className="kt-broken__title">This view stopped working</h1>
        <p>What was saved is safe in the vault. Open the view again to go on.</p>
        <Button onClick={() => this.setState({ broken: false })}>Open again</Button>
      </section>
    );
  }
}
