/** 出发前: one press downloads; then it says what is on the phone, until when, and whether this phone can be trusted without signal. */

import { useApp, useLive, useSync } from "../app/app";
import { dayWords, momentWords } from "../kernel/dates";
import { Card, Lamp } from "../parts/bits";
import { Icon } from "../parts/icon";
import { Btn } from "../parts/inputs";
import { Page } from "../parts/page";
import { heldChecklists } from "../store/town";
import { askToPersist } from "../store/space";
import { Notices } from "./notices";

export function Prepare() {
  const { store, sync, held } = useApp();
  const { is_running, signal } = useSync();
  const have = useLive(() => heldChecklists(store), []);
  const verdict = useLive(async () => (await store.meta("self_test")) ?? null, []);
  const bundle = held?.bundle;
  const missing = bundle?.checklists.filter((one) => !have?.includes(one.sha256)) ?? [];
  return (
    <Page
      name="prepare"
      title="出发前"
      foot={
        <Btn
          tone="main"
          isBig
          id="download"
          isOff={is_running}
          onTap={async () => {
            await askToPersist();
            await sync.kick("bundle");
            if (sync.state.signal !== "on" || sync.state.fetched !== "ok") throw new Error("没有下载成，请换到有信号的地方再按一次。");
          }}
        >
          <Icon name="down" />
          {is_running ? "正在下载" : held ? "再下载一次" : "下载"}
        </Btn>
      }
    >
      <Notices />
      {bundle && held ? (
        <Card title="手机上现在有">
          <p class="fact">
            <span>企业</span>
            <b class="num" data-testid="firms-held">
              {bundle.enterprises.length}家
            </b>
          </p>
          <p class="fact">
            <span>清单</span>
            <b class="num" data-testid="lists-held">
              {bundle.checklists.length - missing.length} / {bundle.checklists.length}张
            </b>
          </p>
          <p class="fact">
            <span>未了隐患</span>
            <b class="num">{bundle.enterprises.reduce((sum, one) => sum + one.open_findings.length, 0)}条</b>
          </p>
          <p class="fact">
            <span>什么时候下载的</span>
            <b>{momentWords(held.got_ms)}</b>
          </p>
          <p class="fact">
            <span>用到哪天</span>
            <b>{bundle.valid_until ? dayWords(bundle.valid_until) : ""}</b>
          </p>
          {missing.length > 0 ? <Lamp tone="late">还差{missing.length}张清单，请再下载一次</Lamp> : <Lamp tone="ok">都在，可以出发</Lamp>}
        </Card>
      ) : (
        <Card tone="soon">
          <p>{signal === "on" ? "按下面的按钮，把您的企业、清单和未了隐患存到这部手机上。" : "还没有下载过。请在有信号的地方打开本页。"}</p>
        </Card>
      )}
      <Card title="这部手机">
        {verdict ? <VerdictWords results={verdict.results} /> : <p class="quiet">还没有自检过。自检一次，就知道它没信号时靠不靠得住。</p>}
        <a class="btn" href="#/selftest" data-testid="selftest">
          {verdict ? "再自检一次" : "自检"}
        </a>
      </Card>
    </Page>
  );
}

export function VerdictWords({ results }: { results: Record<string, { ok: boolean; note: string }> }) {
  const is_cold = results["worker"]?.ok;
  const is_kept = results["database"]?.ok;
  if (is_cold && is_kept) return <Lamp tone="ok">没信号也能打开、能记</Lamp>;
  if (is_kept) return <Lamp tone="soon">能记，但没信号时打不开：出发前打开本页并一直开着</Lamp>;
  return <Lamp tone="late">这个浏览器存不住，请换手机自带的浏览器</Lamp>;
}
