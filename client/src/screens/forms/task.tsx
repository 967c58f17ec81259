/** 临时任务: what 镇安委办 asked for, and how it went. */

import { dayWords } from "../../kernel/dates";
import { Card } from "../../parts/bits";
import { Field, Switch, Text } from "../../parts/inputs";
import { Photos } from "../../parts/photos";
import type { TaskData } from "../../record/forms";
import type { FormProps } from "./index";

export function TaskForm({ keeper, data, set, bundle }: FormProps<TaskData>) {
  const task = bundle?.tasks.find((one) => one.id === data.task);
  return (
    <>
      <Card title={task?.title ?? "这件任务已经结束"}>
        <p>{task?.text}</p>
        {task?.due ? <p class="quiet">{dayWords(task.due)}前</p> : null}
      </Card>
      <Field label="办得怎样">
        <Text name="note" rows={4} value={data.note} onText={(note) => void set({ note })} placeholder="做了什么、看到什么" />
      </Field>
      <Photos keeper={keeper as never} where="" />
      {task?.is_external === false ? null : <Switch name="external" label="已在上级的系统或APP里录入" isOn={data.external_done} onTurn={(external_done) => void set({ external_done })} />}
    </>
  );
}
