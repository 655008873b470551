#include "proof/leaf.h"

#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/format.h"
#include "model/named.h"

namespace gavah::proof {
namespace {

constexpr std::array<Named<LeafType>, 17> kTypes = {{
    {LeafType::capture, "capture"},
    {LeafType::source, "source"},
    {LeafType::dispose, "dispose"},
    {LeafType::decision, "decision"},
    {LeafType::event, "event"},
    {LeafType::victim, "victim"},
    {LeafType::amend, "amend"},
    {LeafType::merge, "merge"},
    {LeafType::split, "split"},
    {LeafType::distinct, "distinct"},
    {LeafType::withhold, "withhold"},
    {LeafType::withdraw, "withdraw"},
    {LeafType::redact, "redact"},
    {LeafType::rule, "rule"},
    {LeafType::key, "key"},
    {LeafType::heartbeat, "heartbeat"},
    {LeafType::edition, "edition"},
}};
constexpr std::size_t kMaxRoleBytes = 32;
constexpr std::string_view kSlotLine = "c ";
constexpr std::size_t kSlotLineBytes = 47;  // with 44 digits of base64 and the line's end

std::unexpected<Error> malformed(std::string_view what) {
  return fail(ErrorCode::invalid_input, format("malformed leaf: {}", what));
}

bool is_role(std::string_view role) {
  return !role.empty() && role.size() <= kMaxRoleBytes &&
         std::all_of(role.begin(), role.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

bool needs_bind(LeafType type) { return type == LeafType::key || type == LeafType::rule || type == LeafType::edition; }

/// The rules that the bytes alone do not enforce.
Result<void> check_rules(const Leaf& leaf) {
  if (leaf.bind ? !needs_bind(leaf.type) && leaf.type != LeafType::heartbeat : needs_bind(leaf.type)) {
    return malformed(leaf.bind ? "this type binds no file" : "this type binds a file");
  }
  if (leaf.object.has_value() != (leaf.type == LeafType::capture)) return malformed("captures alone have an object");
  for (std::size_t i = 0; i < leaf.refs.size(); ++i) {
    const LeafRef& ref = leaf.refs[i];
    if (!is_role(ref.role)) return malformed("a role is lower-case letters");
    if (i > 0 && leaf.refs[i - 1].role >= ref.role) return malformed("roles are not in order");
    if (ref.indices.empty()) return malformed("a role without a reference");
    if (std::adjacent_find(ref.indices.begin(), ref.indices.end(), std::greater_equal<>()) != ref.indices.end()) {
      return malformed("references are not in order");
    }
  }
  return {};
}

std::string refs_line(const std::vector<LeafRef>& refs) {
  std::string out = "refs";
  for (const LeafRef& ref : refs) {
    out.append(" ").append(ref.role);
    char separator = ' ';
    for (const LeafIndex index : ref.indices) {
      out.push_back(separator);
      out.append(format("{}", index));
      separator = ',';
    }
  }
  return out.append("\n");
}

/// Takes what stands before the next `separator` (or all) off the front of `rest`.
std::string_view take_until(std::string_view& rest, char separator) {
  const auto at = rest.find(separator);
  const std::string_view head = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return head;
}

Result<std::vector<LeafRef>> parse_refs(std::string_view text) {
  std::vector<LeafRef> out;
  while (!text.empty()) {
    LeafRef ref;
    ref.role = take_until(text, ' ');
    std::string_view numbers = take_until(text, ' ');
    while (!numbers.empty()) {
      const std::string_view digits = take_until(numbers, ',');
      LeafIndex index = 0;
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
      if (error != std::errc{} || end != digits.data() + digits.size()) return malformed("a reference is no number");
      ref.indices.push_back(index);
    }
    out.push_back(std::move(ref));
  }
  return out;
}

/// Reads one line in front of the slots into its field. Loose about order and repetition: parse_leaf compares with the
/// one spelling.
Result<void> read_line(std::string_view line, Leaf& leaf) {
  const std::string_view name = take_until(line, ' ');
  if (name == kFormat) {
    GAVAH_ASSIGN(leaf.type, leaf_type_from(line));
  } else if (name == "id") {
    GAVAH_ASSIGN(leaf.id, EntryId::from_hex(line));
  } else if (name == "day") {
    GAVAH_ASSIGN(leaf.day, Day::parse(line));
  } else if (name == "refs") {
    GAVAH_ASSIGN(leaf.refs, parse_refs(line));
  } else if (name == "bind") {
    GAVAH_ASSIGN(leaf.bind, Digest::from_hex(line));
  } else if (name == "object") {
    GAVAH_ASSIGN(leaf.object, Digest::from_hex(line));
  } else {
    return malformed("an unknown line");
  }
  return {};
}

/// The lines of the slots, which are all alike: one spelling each, so that nothing has to be written back.
Result<void> read_slots(std::string_view lines, Leaf& leaf) {
  if (lines.size() % kSlotLineBytes != 0) return malformed("a commitment has 32 bytes");
  leaf.slots.reserve(lines.size() / kSlotLineBytes);
  for (; !lines.empty(); lines.remove_prefix(kSlotLineBytes)) {
    const std::string_view line = lines.substr(0, kSlotLineBytes);
    if (!line.starts_with(kSlotLine) || line.back() != '\n') return malformed("an unknown line");
    GAVAH_ASSIGN(leaf.slots.emplace_back(), Digest::from_base64(line.substr(kSlotLine.size(), kSlotLineBytes - 3)));
  }
  return {};
}

/// The lines in front of the slots.
std::string head_of(const Leaf& leaf) {
  std::string out = format("{} {}\nid {}\nday {}\n", kFormat, name_of(leaf.type), leaf.id.hex(), leaf.day.text());
  if (!leaf.refs.empty()) out.append(refs_line(leaf.refs));
  if (leaf.bind) out.append("bind ").append(leaf.bind->hex()).append("\n");
  if (leaf.object) out.append("object ").append(leaf.object->hex()).append("\n");
  return out;
}

}  // namespace

std::string_view name_of(LeafType type) { return name_in(kTypes, type); }
Result<LeafType> leaf_type_from(std::string_view name) { return value_in(kTypes, name, "leaf type"); }

const std::vector<LeafIndex>& Leaf::refs_as(std::string_view role) const {
  static const std::vector<LeafIndex> kNone;
  const auto found = std::find_if(refs.begin(), refs.end(), [&](const LeafRef& ref) { return ref.role == role; });
  return found == refs.end() ? kNone : found->indices;
}

Result<std::string> leaf_bytes(const Leaf& leaf) {
  GAVAH_TRY(check_rules(leaf));
  std::string out = head_of(leaf);
  out.reserve(out.size() + leaf.slots.size() * kSlotLineBytes);
  for (const Digest& slot : leaf.slots) out.append(kSlotLine).append(to_base64(slot.view())).append("\n");
  if (out.size() > kMaxLeafBytes) return fail(ErrorCode::refused, "a leaf has at most 65,535 bytes");
  return out;
}

Result<Leaf> parse_leaf(std::string_view bytes) {
  if (bytes.size() > kMaxLeafBytes) return malformed("it is too long");
  if (!bytes.starts_with(kFormat)) return malformed("it is not of this format");
  Leaf leaf;
  const std::size_t end = bytes.find("\nc ");
  const std::string_view head = end == std::string_view::npos ? bytes : bytes.substr(0, end + 1);
  for (std::string_view rest = head; !rest.empty();) GAVAH_TRY(read_line(take_until(rest, '\n'), leaf));
  GAVAH_TRY(check_rules(leaf));
  if (head_of(leaf) != head) return malformed("it is not in its one spelling");
  GAVAH_TRY(read_slots(bytes.substr(head.size()), leaf));
  return leaf;
}

Result<void> check_refs_before(const Leaf& leaf, LeafIndex index) {
  for (const LeafRef& ref : leaf.refs) {
    if (ref.indices.back() >= index) {
      return fail(ErrorCode::invalid_input, format("leaf {} refers to leaf {}", index, ref.indices.back()));
    }
  }
  return {};
}

}  // namespace gavah::proof
