import { attributeNames, propertyNames } from './element-names.js';

/**
 * Gives the inputs of an Angular directive to its element: as attributes if there is one, so that
 * they are in a server's HTML, else as properties.
 */
export class ElementInputs {
  readonly #element: Element;
  #release!: () => void;

  /** @param reference an `ElementRef` of Angular. */
  constructor({ nativeElement }: { nativeElement: Element }) {
    this.#element = nativeElement;
    // Angular inserts the element, and sets what is bound in a later task. The element must not
    // start before, and report that settings are missing.
    const element = nativeElement as unknown as { scheduleUpdate?: () => unknown };
    const isBound = new Promise<void>((resolve) => (this.#release = resolve));
    element.scheduleUpdate = () => {
      delete element.scheduleUpdate;
      return isBound.then(() => element.scheduleUpdate?.());
    };
  }

  /** Angular calls this when it has set all inputs. */
  ngOnInit(): void {
    this.#release();
  }

  static {
    const define = (name: string, write: (element: Element, value: unknown) => void): void => {
      Object.defineProperty(this.prototype, name, {
        set(this: ElementInputs, value: unknown) {
          write(this.#element, value);
        },
      });
    };
    for (const [name, attribute] of attributeNames) {
      for (const input of new Set([name, attribute])) {
        define(input, (element, value) => {
          if (value === undefined || value === null || value === false) {
            element.removeAttribute(attribute);
          } else element.setAttribute(attribute, value === true ? '' : String(value));
        });
      }
    }
    for (const name of propertyNames) {
      define(name, (element, value) => Object.assign(element, { [name]: value }));
    }
  }
}
