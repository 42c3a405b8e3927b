"""Two plans that try to act on whoever opens their comparison, in text and metadata alike."""

from __future__ import annotations

import policycmp as pc

ATTACK = "<img src=x onerror=\"document.title='pwned'\"><script>document.title='pwned'</script>"
FORMULAS = ("=HYPERLINK(1)", "+1+cmd", "-1+1", "@SUM(1)")

LOCAL = f"""某县教育行动方案

一、重点任务
(一)=HYPERLINK(1)提升质量。{ATTACK}新增校舍10所，到2027年巩固率达到95%以上。(责任单位:"><svg onload=alert(1)>局)
(二)+1+cmd加强安全。每年开展一次隐患排查，'onmouseover=alert(1) x=' 严格落实责任。(责任单位:县公安局)
(三)@SUM(1)推进改革。{{{{ 7*7 }}}}{{% raw %}}鼓励学校探索javascript:alert(1)课程\x0b\x00，配备教师20名。(责任单位:县教育局)
(四)-1+1只在本地。建设劳动基地3个</script></style></title>。(责任单位:县教育局)
"""
TEMPLATE = f"""某市教育行动方案

一、重点任务
(一)提升质量。{ATTACK}新增校舍30所，到2027年巩固率达到96%以上。(责任单位:市教育局)
(二)加强安全。每季度开展一次隐患排查，严格落实责任。(责任单位:市公安局)
(三)推进改革。要求学校探索课程，配备教师100名。(责任单位:市教育局)
(四)=1+1发展职业教育{ATTACK}。建成职业学校2所。(责任单位:市教育局)
"""


def comparison() -> pc.Comparison:
    """Return the two plans compared."""
    known = {"title": f"=1+1 {ATTACK}", "issuer": '"><script>alert(1)</script>', "doc_number": "=1+1"}
    local = pc.parse_plan(LOCAL, plan_id="\"><b onclick='alert(1)'>", **known)
    template = pc.parse_plan(TEMPLATE, plan_id="</script><script>alert(1)</script>", **known)
    return pc.compare(local, template)
