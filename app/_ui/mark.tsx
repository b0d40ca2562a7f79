/** Our own mark: an arch with an open door and a light in it. Decorative beside the name. */
export function Mark() {
  return (
    <svg viewBox="0 0 28 34" aria-hidden="true" focusable="false">
      <path className="arch" d="M1 33V14a13 13 0 0 1 26 0v19H1Z" />
      <path className="door" d="M9 33V15a5 5 0 0 1 10 0v18H9Z" />
      <circle className="light" cx="16.3" cy="24" r="1.5" />
    </svg>
  );
}
