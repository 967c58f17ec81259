/** What is pressed and typed into: large, labelled, nothing chosen beforehand. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useApp } from "../app/app";
import { SaveFailed } from "../store/store";

interface BtnProps {
  children: ComponentChildren;
  onTap: () => void | Promise<unknown>;
  tone?: "main" | "danger" | "quiet" | "";
  isBig?: boolean;
  isOff?: boolean;
  id?: string;
}

/** A button that rests while its work is done and says when that failed. */
export function Btn({ children, onTap, tone = "", isBig = false, isOff = false, id }: BtnProps) {
  const { say } = useApp();
  const [is_busy, setBusy] = useState(false);
  const tap = async (): Promise<void> => {
    if (is_busy) return;
    setBusy(true);
    try {
      await onTap();
    } catch (fault) {
      say(sentence(fault), "late");
    } finally {
      setBusy(false);
    }
  };
  return (
    <button class={`btn ${tone} ${isBig ? "big" : ""}`} type="button" disabled={isOff} aria-busy={is_busy} data-testid={id} onClick={() => void tap()}>
      {children}
    </button>
  );
}

export function sentence(fault: unknown): string {
  if (fault instanceof SaveFailed) return fault.say;
  return fault instanceof Error && /[\u4e00-\u9fff]/.test(fault.message) ? fault.message : "没有成功，请再按一次。";
}

interface FieldProps {
  label: string;
  hint?: string;
  children: ComponentChildren;
  isGroup?: boolean;
}

export function Field({ label, hint, children, isGroup = false }: FieldProps) {
  if (isGroup) {
    return (
      <fieldset class="field">
        <legend>{label}</legend>
        {hint ? <p class="hint">{hint}</p> : null}
        {children}
      </fieldset>
    );
  }
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      {hint ? <span class="hint">{hint}</span> : null}
      {children}
    </label>
  );
}

interface ChipsProps<Code extends string> {
  options: readonly { code: Code; name: string; tone?: string }[];
  value: readonly string[];
  onPick: (code: Code) => void;
  name: string;
  isMany?: boolean;
}

export function Chips<Code extends string>({ options, value, onPick, name, isMany = false }: ChipsProps<Code>) {
  return (
    <div class="chips">
      {options.map((one) => (
        <button
          key={one.code}
          type="button"
          class={`pick ${one.tone ?? ""}`}
          aria-pressed={value.includes(one.code)}
          data-testid={`${name}-${one.code}`}
          data-many={isMany ? "yes" : undefined}
          onClick={() => onPick(one.code)}
        >
          {one.name}
        </button>
      ))}
    </div>
  );
}

interface TextProps {
  value: string;
  onText: (text: string) => void;
  name: string;
  placeholder?: string;
  rows?: number;
  type?: "text" | "number" | "date" | "datetime-local" | "tel";
  label?: string;
}

/** A line or an area that keeps what is typed while it is typed. The field leads: what comes back from the store does not move the cursor. */
export function Text({ value, onText, name, placeholder, rows, type = "text", label }: TextProps) {
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    const input = field.current;
    if (input && input.value !== value && document.activeElement !== input) input.value = value;
    if (input && rows) fit(input);
  }, [value]);
  const common = {
    ref: field,
    name,
    "data-testid": name,
    "aria-label": label,
    placeholder,
    defaultValue: value,
    onInput: (event: Event) => {
      const input = event.currentTarget as HTMLInputElement;
      if (rows) fit(input as unknown as HTMLTextAreaElement);
      onText(input.value);
    },
  };
  if (rows) return <textarea class="text" rows={rows} {...common} />;
  // Preact types each kind of input apart; ours share all they are given.
  return <input class="text" {...common} type={type as "text"} inputMode={type === "number" ? "decimal" : undefined} />;
}

function fit(area: HTMLTextAreaElement): void {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, 320)}px`;
}

interface SwitchProps {
  label: string;
  hint?: string;
  isOn: boolean;
  onTurn: (is_on: boolean) => void;
  name: string;
}

export function Switch({ label, hint, isOn, onTurn, name }: SwitchProps) {
  return (
    <label class="switch">
      <input type="checkbox" checked={isOn} data-testid={name} onChange={(event) => onTurn(event.currentTarget.checked)} />
      <span>
        {label}
        {hint ? <small>{hint}</small> : null}
      </span>
    </label>
  );
}

interface AskProps {
  words: string;
  yes: string;
  onYes: () => void | Promise<unknown>;
  children: ComponentChildren;
  id?: string;
}

/** A press that cannot be taken back asks once more, in place. */
export function AskFirst({ words, yes, onYes, children, id }: AskProps) {
  const [is_open, setOpen] = useState(false);
  if (!is_open) {
    return (
      <Btn tone="quiet" {...(id ? { id } : {})} onTap={() => setOpen(true)}>
        {children}
      </Btn>
    );
  }
  return (
    <div class="ask" role="group" aria-label={words}>
      <p>{words}</p>
      <div class="row">
        <Btn tone="danger" id={`${id}-yes`} onTap={onYes}>
          {yes}
        </Btn>
        <Btn onTap={() => setOpen(false)}>不了</Btn>
      </div>
    </div>
  );
}

/** What is seldom needed, one press away; open at once where something was filled in already. */
export function Fold({ label, isOpen, children, id }: { label: string; isOpen: boolean; children: ComponentChildren; id: string }) {
  const [is_unfolded, unfold] = useState(isOpen);
  if (is_unfolded || isOpen) return <>{children}</>;
  return (
    <button type="button" class="fold" data-testid={id} onClick={() => unfold(true)}>
      {label}
    </button>
  );
}
