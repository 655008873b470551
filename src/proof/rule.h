#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/instant.h"
#include "base/result.h"
#include "proof/leaf.h"

namespace gavah::proof {

/// What a rule counts: events, or persons to whom an act was done.
enum class Unit { events, victims };

/// Whether umbrella events ("the uprising of 2022") are what is counted. They are never added to their parts: a rule
/// counts either the ones or the others.
enum class Umbrellas { excluded, only };

/// One condition: the slot's opened value is one of these.
struct SlotFilter {
  std::string path;
  std::vector<std::string> values;  ///< ascending, not empty
  friend bool operator==(const SlotFilter&, const SlotFilter&) = default;
};

/// Days [from, to).
struct Window {
  Day from;
  Day to;
  friend bool operator==(const Window&, const Window&) = default;
};

/// How a published number is made: a closed language, so that a stranger can recount. As JSON, members in this order:
///   {"type":"rule","format":"gavah/0","name":NAME,"unit":"events"|"victims","umbrellas":"excluded"|"only",
///    "where":[{"slot":PATH,"in":[VALUE,…]},…],"window":null|{"from":DAY,"to":DAY},
///    "cells":[PATH,…],"measure":{"count":"entries"}|{"sum":KIND}}
/// Of events `where` may test act/family, act/name, side, extent, status, place/country to place/exact; `cells` may be
/// those and time/year, time/month, time/day, at most kMaxCells; `sum` is a kind of count_kinds(). Of victims both may
/// be victim/condition and victim/role; they have no window, no umbrellas ("excluded") and no sum. One spelling for one
/// rule.
struct Rule {
  std::string name;  ///< lower-case letters, digits and '-', 1 to 64: also the file's name
  Umbrellas umbrellas = Umbrellas::excluded;
  std::vector<SlotFilter> where;  ///< ascending by path, all must hold
  std::optional<Window> window;
  std::vector<std::string> cells;
  std::optional<std::string> sum;  ///< nothing: entries are counted
  Unit unit = Unit::events;

  /// Strict: accepts exactly what canonical() gives.
  static Result<Rule> parse(std::string_view json);
  /// The bytes that are hashed; ends with a newline.
  std::string canonical() const;
  /// What the `rule` leaf binds.
  Digest digest() const;
  friend bool operator==(const Rule&, const Rule&) = default;
};

inline constexpr std::size_t kMaxCells = 3;           ///< levels; a table of more cannot be read
inline constexpr std::size_t kMaxRuleBytes = 65'536;  ///< a rule is read by people

/// The rules that an edition counts by unless the operator brings others: all events; events by act, by month, by
/// province; killed, injured, arrested, executed in events; umbrellas apart; victims, and victims by condition.
std::vector<Rule> standard_rules();

/// The paths that conditions of a rule may test, and those that its cells may be, ascending.
std::span<const std::string_view> testable_slots(Unit unit);
std::span<const std::string_view> cell_slots(Unit unit);

/// A rule in force with its leaf.
struct RuleInForce {
  Rule rule;
  LeafIndex leaf = 0;
};

}  // namespace gavah::proof
