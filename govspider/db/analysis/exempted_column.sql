-- Columns that need not be updated for a time (豁免栏目). Who entered and approved it stands in column_exemption.
create view analysis.exempted_column (
    site_code, site, column_name, url, reason, approved, valid_from, expires_on
) as
select site.code, site.name, site_column.name, site_column.url, exemption.reason, exemption.approver is not null,
       exemption.valid_from, exemption.expires_on
from column_exemption as exemption
join site_column on site_column.id = exemption.site_column_id
join site on site.id = site_column.site_id;
