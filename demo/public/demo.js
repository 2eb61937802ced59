// @ts-check
// The script of all demo pages. It loads before the element's, so that no event is missed.
import { startEventLog } from './event-log.js';
import { showAccount, startLoginForms } from './login-forms.js';
import { startNames } from './names.js';
import { startPageActions } from './page-actions.js';
import './lantern-game.js';
import { startPopin } from './popin.js';
import { startRouter } from './router.js';
import { startTranscript } from './transcript.js';

startEventLog();
startLoginForms();
startNames();
startPopin();
startPageActions();
startRouter();
startTranscript();

// Shows a login in another tab.
document.addEventListener('qualifio-token-sent', () => void showAccount());
