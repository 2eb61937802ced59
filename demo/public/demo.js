// @ts-check
// The script of all demo pages. It loads before the element's, so that no event is missed.
import { startEventLog } from './event-log.js';
import { showAccount, startLoginForms } from './login-forms.js';
import { startPageActions } from './page-actions.js';
import { startPopin } from './popin.js';

startEventLog();
startLoginForms();
startPopin();
startPageActions();

// Shows a login in another tab.
document.addEventListener('qualifio-token-sent', () => void showAccount());
