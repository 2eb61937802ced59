import Link from 'next/link';
import type { ReactNode } from 'react';

export const metadata = { title: 'Publisher', icons: 'data:,' };

export default function Layout({ children }: { children: ReactNode }): ReactNode {
  return (
    <html lang="en">
      <body>
        <nav>
          <Link href="/">Home</Link> <Link href="/quiz">Quiz</Link> <Link href="/vote">Vote</Link>
        </nav>
        <main>{children}</main>
      </body>
    </html>
  );
}
