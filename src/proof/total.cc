#include "proof/total.h"

#include <charconv>
#include <limits>
#include <map>

#include "base/format.h"
#include "base/json.h"

namespace gavah::proof {
namespace {

using Cell = std::vector<std::optional<std::string>>;

/// in, out or undecided by one slot's value.
Membership test_value(const SlotFilter& filter, const OpenedEntry& entry) {
  const auto value = entry.value(filter.path);
  if (!value) return Membership::undecided;
  return std::ranges::binary_search(filter.values, *value) ? Membership::in : Membership::out;
}

/// The days that the opened levels of time leave possible.
std::optional<Window> opened_days(const OpenedEntry& entry) {
  if (const auto text = entry.value("time/day")) {
    const Day day = Day::parse(*text).value_or(Day{});
    return Window{day, day.plus(1)};
  }
  if (const auto text = entry.value("time/month")) {
    const Day first = Day::parse(std::string(*text) + "-01").value_or(Day{});
    const Day next = first.plus(31);
    return Window{first, Day::from_civil(next.year(), next.month(), 1)};
  }
  if (const auto text = entry.value("time/year")) {
    const Day first = Day::parse(std::string(*text) + "-01-01").value_or(Day{});
    return Window{first, Day::from_civil(first.plus(366).year(), 1, 1)};
  }
  return std::nullopt;
}

Membership test_window(const Window& window, const OpenedEntry& entry) {
  const auto days = opened_days(entry);
  if (!days) return Membership::undecided;
  if (days->to <= window.from || window.to <= days->from) return Membership::out;
  if (window.from <= days->from && days->to <= window.to) return Membership::in;
  return Membership::undecided;
}

Membership test_extent(Umbrellas umbrellas, const OpenedEntry& entry) {
  const auto extent = entry.value("extent");
  if (!extent) return Membership::undecided;
  return (*extent == "umbrella") == (umbrellas == Umbrellas::only) ? Membership::in : Membership::out;
}

Membership both(Membership a, Membership b) {
  if (a == Membership::out || b == Membership::out) return Membership::out;
  return a == Membership::undecided || b == Membership::undecided ? Membership::undecided : Membership::in;
}

std::optional<std::int64_t> integer_from(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Nobody is counted less than not at all: a negative bound would let one entry hide others in a sum.
std::optional<std::int64_t> at_least_zero(const std::optional<std::int64_t>& bound) {
  return bound ? std::optional(std::max<std::int64_t>(0, *bound)) : std::nullopt;
}

/// Reads the three slots of a count: the interval when it is opened, else what low and high give.
void read_amount(const std::string& kind, const OpenedEntry& entry, Contribution& out) {
  const std::string path = "count/" + kind;
  if (const auto slot = entry.find(path + "/interval")) {
    if (!slot->value) return;
    const std::size_t dots = slot->value->find("..");
    const std::string_view text = *slot->value;
    out.amount = Bounds{std::max<std::int64_t>(0, integer_from(text.substr(0, dots)).value_or(0)),
                        at_least_zero(integer_from(text.substr(dots + 2)))};
    return;
  }
  const auto low = entry.value(path + "/low");
  const auto high = entry.value(path + "/high");
  out.is_closed = !low && !high;
  out.amount = Bounds{low ? std::max<std::int64_t>(0, integer_from(*low).value_or(0)) : 0,
                      high ? at_least_zero(integer_from(*high)) : std::nullopt};
}

void add_low(Figure& figure, std::int64_t amount) {
  if (__builtin_add_overflow(figure.bounds.low, amount, &figure.bounds.low)) {
    figure.bounds.low = std::numeric_limits<std::int64_t>::max();
  }
}

void add_high(Figure& figure, const std::optional<std::int64_t>& amount) {
  std::int64_t sum = 0;
  if (!figure.bounds.high) return;
  if (!amount || __builtin_add_overflow(*figure.bounds.high, *amount, &sum)) {
    figure.bounds.high = std::nullopt;
  } else {
    figure.bounds.high = sum;
  }
}

void add_member(Figure& figure, const Contribution& added) {
  ++figure.members;
  if (!added.amount) {
    ++figure.unstated;
    return;
  }
  if (added.is_closed) ++figure.asserted;
  add_low(figure, added.amount->low);
  add_high(figure, added.amount->high);
}

void add_undecided(Figure& figure, const Contribution& added) {
  ++figure.asserted;
  if (added.amount) add_high(figure, added.amount->high);
}

bool leaves_open(const Cell& pattern, const Cell& cell) {
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (pattern[i] && pattern[i] != cell[i]) return false;
  }
  return true;
}

/// Withheld entries could be anything: each may be counted, and a sum has no upper end with them.
void add_withheld(Figure& figure, const Rule& rule, std::uint64_t withheld) {
  figure.asserted += withheld;
  if (withheld == 0) return;
  add_high(figure, rule.sum ? std::nullopt : std::optional<std::int64_t>(static_cast<std::int64_t>(withheld)));
}

bool is_known(const Cell& cell) {
  return std::ranges::all_of(cell, [](const auto& level) { return level.has_value(); });
}

/// What the entries that could lie in several cells add to the upper end of each, by what is known of their cell.
using Undecided = std::map<Cell, Figure>;

void spread(const Undecided& undecided, std::map<Cell, Figure>& cells) {
  for (auto& [cell, figure] : cells) {
    for (const auto& [pattern, added] : undecided) {
      if (!leaves_open(pattern, cell)) continue;
      figure.asserted += added.asserted;
      add_high(figure, added.bounds.high);
    }
  }
}

/// A rule's total while entries are added to it.
class Count {
 public:
  Count(const Rule& rule, LeafIndex rule_leaf, std::uint64_t withheld) : rule_(&rule) {
    total_.rule = rule.name;
    total_.leaf = rule_leaf;
    total_.withheld = withheld;
  }

  void add(const OpenedEntry& entry) {
    const Contribution added = contribution(*rule_, entry);
    if (added.membership == Membership::out) return;
    const bool decided = added.membership == Membership::in;
    if (decided) {
      add_member(total_.all, added);
    } else {
      add_undecided(total_.all, added);
    }
    if (rule_->cells.empty()) return;
    if (decided) add_member(cells_[added.cell], added);
    if (!decided || !is_known(added.cell)) add_undecided(undecided_[added.cell], added);
  }

  Total finish() && {
    std::map<Cell, Figure> known;
    for (auto& [cell, figure] : cells_) {
      figure.cell = cell;
      if (is_known(cell)) known.emplace(cell, figure);
    }
    spread(undecided_, known);
    for (auto& [cell, figure] : cells_) {
      total_.cells.push_back(is_known(cell) ? known.at(cell) : figure);
      add_withheld(total_.cells.back(), *rule_, total_.withheld);
    }
    add_withheld(total_.all, *rule_, total_.withheld);
    return std::move(total_);
  }

 private:
  const Rule* rule_;
  Total total_;
  std::map<Cell, Figure> cells_;
  Undecided undecided_;
};

void write_figure(JsonWriter& out, const Figure& figure) {
  out.begin_object().key("cell").begin_array();
  for (const auto& level : figure.cell) {
    if (level) {
      out.text(*level);
    } else {
      out.null();
    }
  }
  out.end_array().member("low", figure.bounds.low).member("high", figure.bounds.high);
  out.member("members", figure.members).member("asserted", figure.asserted).member("unstated", figure.unstated);
  out.end_object();
}

}  // namespace

Membership membership(const Rule& rule, const OpenedEntry& entry) {
  Membership result = rule.unit == Unit::victims ? Membership::in : test_extent(rule.umbrellas, entry);
  for (const SlotFilter& filter : rule.where) {
    if (result == Membership::out) return result;
    result = both(result, test_value(filter, entry));
  }
  return rule.window ? both(result, test_window(*rule.window, entry)) : result;
}

Contribution contribution(const Rule& rule, const OpenedEntry& entry) {
  Contribution out;
  out.membership = membership(rule, entry);
  if (out.membership == Membership::out) return out;
  for (const std::string& level : rule.cells) {
    out.cell.emplace_back(entry.value(level));
  }
  if (rule.sum) {
    read_amount(*rule.sum, entry, out);
  } else {
    out.amount = Bounds{1, 1};
  }
  return out;
}

std::string text_of(const Contribution& contribution) {
  if (contribution.membership == Membership::out) return "out";
  std::string text(contribution.membership == Membership::in ? "in " : "undecided ");
  for (std::size_t i = 0; i < contribution.cell.size(); ++i) {
    if (i > 0) text.push_back(',');
    text.append(contribution.cell[i].value_or("?"));
  }
  text.push_back(' ');
  if (!contribution.amount) return text + "unstated";
  text.append(std::to_string(contribution.amount->low)).append("..");
  if (contribution.amount->high) text.append(std::to_string(*contribution.amount->high));
  return text;
}

Total recount(const Rule& rule, LeafIndex rule_leaf, std::span<const OpenedEntry> events, std::uint64_t withheld) {
  Count count(rule, rule_leaf, withheld);
  for (const OpenedEntry& entry : events) count.add(entry);
  return std::move(count).finish();
}

Total recount(const Rule& rule, LeafIndex rule_leaf, const Population& population) {
  return recount(rule, rule_leaf, population.entries(rule.unit), population.withheld(rule.unit));
}

std::vector<Total> recount(std::span<const RuleInForce> rules, const Population& population) {
  constexpr std::size_t kBlock = 64;  // entries; what is read of them stays in the nearest cache for all rules
  std::vector<Count> counts;
  counts.reserve(rules.size());
  for (const RuleInForce& rule : rules) counts.emplace_back(rule.rule, rule.leaf, population.withheld(rule.rule.unit));
  for (const Unit unit : {Unit::events, Unit::victims}) {
    const auto entries = population.entries(unit);
    for (std::size_t begin = 0; begin < entries.size(); begin += kBlock) {
      const auto block = entries.subspan(begin, std::min(kBlock, entries.size() - begin));
      for (std::size_t i = 0; i < rules.size(); ++i) {
        if (rules[i].rule.unit != unit) continue;
        for (const OpenedEntry& entry : block) counts[i].add(entry);
      }
    }
  }
  std::vector<Total> out;
  out.reserve(counts.size());
  for (Count& count : counts) out.push_back(std::move(count).finish());
  return out;
}

std::string to_json(const Total& total) {
  JsonWriter out;
  out.begin_object().member("rule", total.rule).member("leaf", total.leaf).member("withheld", total.withheld);
  out.key("all");
  write_figure(out, total.all);
  out.key("cells").begin_array();
  for (const Figure& figure : total.cells) write_figure(out, figure);
  out.end_array().end_object();
  return out.take();
}

std::string totals_json(std::span<const Total> totals) {
  JsonWriter out;
  out.begin_object().member("type", "totals").key("totals").begin_array();
  for (const Total& total : totals) out.raw(to_json(total));
  out.end_array().end_object();
  return out.take() + "\n";
}

}  // namespace gavah::proof
