import { Activity, useEffect, useState, type MouseEvent, type ReactNode } from 'react';
import { Quiz } from './Quiz.js';
import { Vote } from './Vote.js';

/** Renders all pages, and keeps those that are left, hidden. */
export function App({ firstPath }: { firstPath: string }): ReactNode {
  const [path, setPath] = useState(firstPath);
  useEffect(() => {
    const onPopState = (): void => setPath(location.pathname);
    addEventListener('popstate', onPopState);
    return () => removeEventListener('popstate', onPopState);
  }, []);
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    event.preventDefault();
    history.pushState(null, '', event.currentTarget.href);
    setPath(location.pathname);
  };
  const pages = {
    '/': <h1>Publisher</h1>,
    '/quiz': <Quiz />,
    '/vote': <Vote />,
  };
  return (
    <>
      <nav>
        <a href="/" onClick={follow}>
          Home
        </a>
        <a href="/quiz" onClick={follow}>
          Quiz
        </a>
        <a href="/vote" onClick={follow}>
          Vote
        </a>
      </nav>
      {Object.entries(pages).map(([name, page]) => (
        <Activity key={name} mode={name === path ? 'visible' : 'hidden'}>
          <main>{page}</main>
        </Activity>
      ))}
    </>
  );
}
