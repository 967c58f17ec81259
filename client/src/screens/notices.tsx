/** What everybody must know before anything else: not signed in, another person, phone revoked, something lost. */

import { useApp, useLive, useSync } from "../app/app";
import { Btn } from "../parts/inputs";
import { register } from "../sync/device";

export const SIGN_IN = "/sign-in/?next=/field/";

export function Notices() {
  const { store, sync, user, change } = useApp();
  const { signal, other, say, waiting } = useSync();
  const revoked = useLive(() => store.meta("revoked"), []);
  const others = useLive(() => store.meta("others"), []);
  const notices = useLive(() => store.meta("notices"), []);
  const device = useLive(async () => (await store.meta("device")) ?? null, []);
  return (
    <>
      {signal === "sign_in" ? (
        <div class="banner late" role="alert" data-testid="sign-in">
          <p>登录已过期。{waiting > 0 ? `${waiting}条记录都在手机上，一条没少，` : ""}登录后接着传。</p>
          <a class="btn" href={SIGN_IN}>
            去登录
          </a>
        </div>
      ) : null}
      {signal === "forbidden" ? (
        <div class="banner late" role="alert">
          <p>{say || "镇里的系统没有让这个账号用手机端，请问一下村（社区）或中转站。"}</p>
        </div>
      ) : null}
      {signal === "other_user" ? (
        <div class="banner late" role="alert" data-testid="other-user">
          <p>
            现在登录的是{other}，不是{user?.name ?? "这本工作台的主人"}。这里的记录留在手机上，等本人登录再传。
          </p>
          <Btn onTap={() => change(0)} id="change-user">
            换到{other}的工作台
          </Btn>
        </div>
      ) : null}
      {signal === "portal" ? (
        <div class="banner soon" role="status">
          <p>这个无线网要先登录才能上网，请换成手机流量，或先登录无线网。</p>
        </div>
      ) : null}
      {revoked ? (
        <div class="banner late" role="alert" data-testid="revoked">
          <p>这部手机已被镇里注销。没传完的照常上传，传完后本机资料自动清除；不能再开始新的走访。</p>
        </div>
      ) : null}
      {others?.map((one) => (
        <div class="banner soon" role="status" key={one.name}>
          <p>
            您的“{one.name}”里还有{one.pending}条没上传，请在那边打开一次。
          </p>
        </div>
      ))}
      {notices?.map((one) => (
        <div class={`banner ${one.tone === "late" ? "late" : "calm"}`} role="status" key={one.say}>
          <p>{one.say}</p>
        </div>
      ))}
      {signal === "on" && device === null ? (
        <div class="banner calm" data-testid="register">
          <p>登记这部手机后，登录过期了也能把记好的传上去。它只能交记录、取自己的企业，随时可以注销。</p>
          <Btn
            id="register-phone"
            onTap={async () => {
              const answer = await register(store);
              if (answer.is !== "ok") throw new Error("没有登记成，请在有信号时再按一次。");
              await sync.changed();
            }}
          >
            登记这部手机
          </Btn>
        </div>
      ) : null}
    </>
  );
}
