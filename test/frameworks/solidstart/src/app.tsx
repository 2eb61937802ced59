import { Router } from '@solidjs/router';
import { FileRoutes } from '@solidjs/start/router';
import { Suspense, type JSX } from 'solid-js';

export default function App(): JSX.Element {
  return (
    <Router
      root={(props) => (
        <>
          <nav>
            <a href="/">Home</a>
            <a href="/quiz">Quiz</a>
            <a href="/vote">Vote</a>
          </nav>
          <main>
            <Suspense>{props.children}</Suspense>
          </main>
        </>
      )}
    >
      <FileRoutes />
    </Router>
  );
}
