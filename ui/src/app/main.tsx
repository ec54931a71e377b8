import './index.scss';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { applySystemTheme } from './theme';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

applySystemTheme();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
