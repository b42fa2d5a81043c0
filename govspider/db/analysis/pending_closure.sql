-- Sites whose closing was applied for and is not finished (申请关停未完成), by the day it was entered.
create view analysis.pending_closure (site_code, site, organisation, state, valid_from, document_no) as
select site.code, site.name, unit.name, status.state, status.valid_from, status.document_no
from site_status as status
join site on site.id = status.site_id
join organisation as unit on unit.id = site.organisation_id
where status.valid_to is null and status.state like '申请%';
