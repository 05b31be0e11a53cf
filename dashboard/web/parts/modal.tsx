import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ui } from '../words/index.ts';
import { Icon } from './icon.tsx';

interface ModalProps {
  title: string;
  testId: string;
  onClose: () => void;
  children: ComponentChildren;
}

/** A dialog over the page; Escape and the cross close it. */
export function Modal({ title, testId, onClose, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="dialog" ref={dialog} data-testid={testId} aria-label={title} onClose={onClose}>
      <header>
        <h2>{title}</h2>
        <button type="button" class="icon-button" aria-label={ui.value.close} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
