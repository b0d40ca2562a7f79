/** What was typed, ticked or chosen in one control of a page: the how-many-th of its name in the how-many-th form. */
interface Typed {
  form: number;
  name: string;
  nth: number;
  value: string;
  /** null: nothing that is ticked */
  checked: boolean | null;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const place = 'mot-cua-typed';
/** Longer than a page needs to come on a slow line. */
const patienceMs = 60_000;

/** Remembers what stands in the forms of this page and was not sent, for the same page in another language. */
export function carryTyped(page: string): void {
  const typed: Typed[] = [];
  eachControl((control, at) => {
    const checked = isTicked(control) ? control.checked : null;
    typed.push({ ...at, value: control.value, checked });
  });
  try {
    sessionStorage.setItem(place, JSON.stringify({ page, at: Date.now(), typed }));
  } catch {
    // a browser that keeps nothing: the page comes as it is stored
  }
}

/** Puts it in again, once, where the page is the same; a form that hears of its input hears of this too. */
export function putBackTyped(page: string): void {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? 'null');
    sessionStorage.removeItem(place);
    if (kept?.page !== page || Date.now() - kept.at > patienceMs) return;
    const before = new Map((kept.typed as Typed[]).map((each) => [keyOf(each), each]));
    eachControl((control, at) => {
      const typed = before.get(keyOf(at));
      if (typed) put(control, typed);
    });
  } catch {
    // what cannot be read was not written by this page
  }
}

const keyOf = ({ form, name, nth }: Pick<Typed, 'form' | 'name' | 'nth'>): string => JSON.stringify([form, name, nth]);

/** Every control one can read back: no files, no secrets, no codes that work once, nothing that the page itself set. */
function eachControl(look: (control: Control, at: Pick<Typed, 'form' | 'name' | 'nth'>) => void): void {
  for (const [form, element] of [...document.querySelectorAll<HTMLFormElement>('main form')].entries()) {
    const seen = new Map<string, number>();
    for (const control of [...element.elements] as Control[]) {
      const { name, type, autocomplete } = control;
      if (!name || !['INPUT', 'SELECT', 'TEXTAREA'].includes(control.tagName)) continue;
      if (['hidden', 'password', 'file', 'submit', 'button'].includes(type) || autocomplete === 'one-time-code')
        continue;
      const nth = seen.get(name) ?? 0;
      seen.set(name, nth + 1);
      look(control, { form, name, nth });
    }
  }
}

const isTicked = (control: Control): control is HTMLInputElement => ['checkbox', 'radio'].includes(control.type);

function put(control: Control, { value, checked }: Typed): void {
  if (isTicked(control)) {
    // pressed as a person does, so that what hangs on it opens; a radio is let go of by pressing another
    if (control.checked !== checked && (checked || control.type === 'checkbox')) control.click();
    return;
  }
  if (control.value === value) return;
  control.value = value;
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
}
