"""A large view in a widget: its page asks the kernel for rows, page by page, and for the texts that are read."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from test_explore import covering

import toolkit as tk
from toolkit.linked import _apart, _assets

if TYPE_CHECKING:
    import pytest
    from playwright.sync_api import Page

# A kernel that answers as the widget does.
ASKED = """async ({code, begun, parts}) => {
 const {default: w} = await import(URL.createObjectURL(new Blob([code],{type:'text/javascript'})));
 const state={data:begun,filters:{},selection:{},lines:[],kept:''};
 const on = {}; window.asked = [];
 const model={get:k=>state[k],set:(k,v)=>{state[k]=v},save_changes(){},on:(n,f)=>{on[n]=f},off(){},
  send({ask}){asked.push(ask); const s=atob(parts[ask]);
   setTimeout(()=>on['msg:custom']({part:ask},[new DataView(Uint8Array.from(s,c=>c.charCodeAt(0)).buffer)]),5)}};
 const el=document.createElement('div'); document.body.append(el); w.render({model,el});
 for(let i=0;i<100&&el.dataset.ready!=='true';i++) await new Promise(d=>setTimeout(d,30));
 return [el.dataset.ready, asked, el.querySelector('[data-part=status]')?.textContent,

 el.querySelector('[data-part=table]')?.textContent.slice(0,200)];
}"""


def test_the_kernel_is_asked_page_by_page(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PAGE_ROWS": 1, "TEXTS_APART": 0, "BLOCK": 1}.items():
        monkeypatch.setattr(_apart, name, value)
    begun, parts = tk.explore(covering()).parts()
    answers = {name: base64.b64encode(part).decode() for name, part in parts.items()}
    given = {"code": _assets.widget_module(), "begun": begun, "parts": answers}
    ready, asked, status, table = page.evaluate(ASKED, given)
    assert ready == "true"
    assert [name for name in asked if name.startswith("rows")] == ["rows 1", "rows 2"]
    # The other article was never opened.
    assert "texts 1" not in asked
    assert status.startswith("2 quotations, 3 speakers, 2 articles; 1 less sure")
    assert "The ferry will run" in table
