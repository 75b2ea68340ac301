import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './styles/base.css';
import './styles/page.css';
import './styles/rail.css';
import './styles/result.css';
import './styles/trace.css';

export const metadata: Metadata = {
  title: 'Multi-Agent Platform',
  description: 'Give a task to seven services and watch it travel through them',
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f5f1' },
    { media: '(prefers-color-scheme: dark)', color: '#14161a' },
  ],
};

/** The frame of every page. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
