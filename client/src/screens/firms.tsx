/** 企业 and 企业卡: who to call, what is open, what is due, what may be begun. */

import { useState } from "preact/hooks";
import { firmOf, nameOf, useApp, useLive } from "../app/app";
import { dayWords, daysBetween, momentWords, today } from "../kernel/dates";
import { Call, Card, DueLamp, Lamp, Row } from "../parts/bits";
import { Icon } from "../parts/icon";
import { Text } from "../parts/inputs";
import { Nothing, Page } from "../parts/page";
import { KIND_WORDS, ON_PHONE } from "../record/kinds";
import { quietOn } from "../record/visit";
import { allParcels } from "../store/outbox";
import type { Firm, OpenFinding } from "../wire";
import { FirmLine } from "./today";
import { shortOf } from "./visit/hook";

export function Firms() {
  const { held } = useApp();
  const [wanted, want] = useState("");
  const all = held?.bundle.enterprises ?? [];
  const found = all.filter((one) => `${one.name}${one.short}${one.code}${one.address}`.includes(wanted.trim()));
  return (
    <Page name="firms" title="我的企业" isHome>
      <Text name="search" label="找企业" placeholder="找企业：名称、地址、编号" value={wanted} onText={want} />
      {all.length === 0 ? (
        <Nothing title="手机上还没有企业">
          <a class="btn main" href="#/prepare">
            出发前下载
          </a>
        </Nothing>
      ) : (
        <div class="lines">
          {found.map((firm) => (
            <FirmLine key={firm.id} firm={firm} />
          ))}
        </div>
      )}
      {all.length > 0 && found.length === 0 ? <Nothing title="没有找到，换个词试试" /> : null}
    </Page>
  );
}

export function FirmCard({ id }: { id: number }) {
  const { held, store } = useApp();
  const firm = firmOf(held?.bundle, id);
  const parcels = useLive(async () => (await allParcels(store)).filter((one) => one.enterprise === id), [id]);
  if (!firm || !held) {
    return (
      <Page name="firm" title="企业卡" up="firms">
        <Nothing title="这家企业不在手机上的名单里">
          <p>可能已经换了网格员。手机上为它记下的都还在，照常上传。</p>
        </Nothing>
      </Page>
    );
  }
  const { bundle } = held;
  return (
    <Page
      name="firm"
      title={firm.short || firm.name}
      up="firms"
      foot={
        <a class="btn main big" href={`#/begin/${firm.id}`} data-testid="begin-visit">
          <Icon name="check" />
          开始走访
        </a>
      }
    >
      <Card>
        <p class="strong">{firm.name}</p>
        <p class="quiet">
          {firm.address} · {firm.community}
          {firm.park ? ` · ${firm.park}` : ""}
        </p>
        <p class="signs">
          {firm.is_key ? <Lamp tone="calm">重点企业</Lamp> : null}
          {firm.checklists.map((code) => (
            <span key={code} class="chip">
              {shortOf(bundle, bundle.checklists.find((one) => one.code === code) ?? { code, title: code })}
            </span>
          ))}
        </p>
        <div class="calls">
          {firm.contacts.map((one) => (
            <div class="call" key={one.name + one.phone_mask}>
              <span>
                {one.name}
                <small>
                  {one.duty} {one.phone_mask}
                </small>
              </span>
              <Call number={one.call}>打电话</Call>
            </div>
          ))}
        </div>
      </Card>
      <Caution firm={firm} />
      {firm.due.length > 0 ? (
        <Card title="该做的">
          {firm.due.map((one) => (
            <p class="fact" key={one.duty + one.due}>
              <span>{one.title}</span>
              <DueLamp day={one.due} />
            </p>
          ))}
        </Card>
      ) : null}
      <section aria-labelledby="open">
        <h2 id="open" class="over">
          未了隐患<small>{firm.open_findings.length === 0 ? "没有" : `${firm.open_findings.length}条`}</small>
        </h2>
        <div class="lines">
          {firm.open_findings.map((one) => (
            <FindingLine key={one.id} finding={one} href={`#/recheck/${firm.id}/${one.id}`} />
          ))}
        </div>
      </section>
      <Card title="最近谁来过">
        {firm.last_visits.length === 0 ? <p class="quiet">还没有走访记录。</p> : null}
        {firm.last_visits.map((one) => (
          <p class="fact" key={one.at + one.by}>
            <span>
              {dayWords(one.at)} {nameOf(bundle.natures, one.nature)}
            </span>
            <small>{one.by}</small>
          </p>
        ))}
        {parcels?.map((one) => (
          <p class="fact" key={one.id}>
            <span>
              {momentWords(one.made_ms)} {KIND_WORDS[one.kind]}
            </span>
            <Lamp tone="soon">{ON_PHONE}</Lamp>
          </p>
        ))}
      </Card>
      <div class="quick">
        <a class="btn" href={`#/new/demand/${firm.id}`} data-testid="firm-demand">
          代提诉求
        </a>
        <a class="btn" href={`#/new/contact/${firm.id}`} data-testid="firm-contact">
          联系记录
        </a>
        <a class="btn" href={`#/new/facts/${firm.id}`} data-testid="firm-facts">
          更新企业信息
        </a>
        <a class="btn danger" href={`#/new/accident/${firm.id}`} data-testid="firm-accident">
          事故快报
        </a>
      </div>
    </Page>
  );
}

/** What to think of before going in: quiet days, others who were or will be there. */
function Caution({ firm }: { firm: Firm }) {
  const { held } = useApp();
  const quiet = quietOn(firm, undefined);
  const recent = firm.last_visits.filter((one) => daysBetween(one.at.slice(0, 10), today()) <= 30);
  if (!quiet && recent.length < 2 && firm.planned.length === 0) return null;
  return (
    <div class="banner soon" role="note">
      {quiet ? <p>今天在宁静日内（到{dayWords(quiet.to)}），一般走访请改期；有特别情况可写明原因。</p> : null}
      {recent.length >= 2 ? <p>近30天已有{recent.length}次来人，能并到一次的请并到一次。</p> : null}
      {firm.planned.map((one) => (
        <p key={one.office + one.on}>
          {one.office}计划{dayWords(one.on)}来（{nameOf(held?.bundle.natures, one.what)}），可以一起去：综合查一次。
        </p>
      ))}
    </div>
  );
}

export function FindingLine({ finding, href }: { finding: OpenFinding; href: string }) {
  return (
    <Row
      href={href}
      id={`finding-${finding.id}`}
      title={finding.text}
      sub={`${finding.level === "grave" ? "疑似重大" : "一般"}${finding.state_name ? ` · ${finding.state_name}` : ""}`}
      lamp={finding.due ? <DueLamp day={finding.due} /> : null}
    />
  );
}
