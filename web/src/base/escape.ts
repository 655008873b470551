// Escape closes what was opened last, and is not the page's "Back" then. An action for what holds the fields.

export function on_escape(node: HTMLElement, close: () => void): { destroy: () => void } {
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.shiftKey) return;
    event.stopPropagation();
    close();
  };
  node.addEventListener('keydown', press);
  return { destroy: () => node.removeEventListener('keydown', press) };
}
