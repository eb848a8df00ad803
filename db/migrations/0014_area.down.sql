DROP TRIGGER placed_on_insert ON event;
DROP TRIGGER placed_on_update ON event;
DROP TRIGGER placed_on_delete ON event;
DROP TRIGGER placed_on_truncate ON event;
DROP TABLE event_area, area_month, area_month_change, area_settled, area_moving, area_member;
DROP FUNCTION event_area_follow(), event_area_empty(), event_area_place(uuid[]), area_month_follow(), area_values(text[]), area_index(text, text);
