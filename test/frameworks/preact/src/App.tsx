import type { TargetedMouseEvent, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Quiz } from './Quiz.js';
import { Vote } from './Vote.js';

export function App({ firstPath }: { firstPath: string }): VNode {
  const [path, setPath] = useState(firstPath);
  useEffect(() => {
    const onPopState = (): void => setPath(location.pathname);
    addEventListener('popstate', onPopState);
    return () => removeEventListener('popstate', onPopState);
  }, []);
  const follow = (event: TargetedMouseEvent<HTMLAnchorElement>): void => {
    event.preventDefault();
    history.pushState(null, '', event.currentTarget.href);
    setPath(location.pathname);
  };
  const pages: Record<string, VNode> = {
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
      <main>{pages[path]}</main>
    </>
  );
}
