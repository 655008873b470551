#include "server/table.h"

#include <algorithm>
#include <limits>

namespace gavah::server {

namespace {

constexpr std::int64_t kLast = std::numeric_limits<std::int32_t>::max();

enum class Column { day, status, act, area, lineages };

Result<Column> column_from(std::string_view name) {
  if (name.empty() || name == "day") return Column::day;
  if (name == "status") return Column::status;
  if (name == "act") return Column::act;
  if (name == "area") return Column::area;
  if (name == "lineages") return Column::lineages;
  return fail(ErrorCode::invalid_input, "sort is day, status, act, area or lineages");
}

struct Keyed {
  std::int64_t key = 0;
  std::int64_t day = 0;
  EventRow row = 0;
  friend auto operator<=>(const Keyed&, const Keyed&) = default;
};

std::int64_t key_of(const EventColumns& events, Column column, EventRow row, std::int64_t sign) {
  switch (column) {
    case Column::day:
      return events.first_day[row] == kNoDay ? kLast : sign * events.first_day[row];
    case Column::status:
      return sign * events.status[row];
    case Column::act:
      return sign * events.act[row];
    case Column::area:
      return events.area[row] == kNoArea ? kLast : sign * events.area[row];
    case Column::lineages:
      return sign * events.lineages[row];
  }
  return 0;
}

}  // namespace

Result<std::vector<EventRow>> page_of(std::vector<EventRow> rows, const Snapshot& snapshot, std::string_view sort,
                                      TablePage page) {
  const bool descending = sort.starts_with('-');
  GAVAH_ASSIGN(const Column column, column_from(descending ? sort.substr(1) : sort));
  std::vector<Keyed> keyed;
  keyed.reserve(rows.size());
  for (const EventRow row : rows) {
    const std::int32_t day = snapshot.events.first_day[row];
    keyed.push_back({key_of(snapshot.events, column, row, descending ? -1 : 1), day == kNoDay ? kLast : day, row});
  }
  const std::size_t begin = std::min(keyed.size(), std::size_t{page.page} * page.size);
  const std::size_t end = std::min(keyed.size(), begin + page.size);
  const auto at = [&](std::size_t index) { return keyed.begin() + static_cast<std::ptrdiff_t>(index); };
  if (begin < end) {
    std::nth_element(keyed.begin(), at(begin), keyed.end());
    std::partial_sort(at(begin), at(end), keyed.end());
  }
  std::vector<EventRow> out;
  std::transform(at(begin), at(end), std::back_inserter(out), [](const Keyed& item) { return item.row; });
  return out;
}

}  // namespace gavah::server
