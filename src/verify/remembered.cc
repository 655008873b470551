#include "verify/remembered.h"

#include <algorithm>
#include <tuple>

#include "base/format.h"
#include "base/json.h"

namespace gavah::verify {
namespace {

Result<proof::Checkpoint> head_of(std::string_view note) {
  GAVAH_ASSIGN(const proof::Note parsed, proof::parse_note(note));
  return proof::Checkpoint::parse(parsed.text);
}

Result<std::string> note_from(std::string_view line) {
  GAVAH_ASSIGN(const Json json, Json::parse(line, Json::DuplicateKeys::reject));
  ObjectReader in(json);
  const std::string type = in.text("type");
  const std::string origin = in.text("origin");
  const std::int64_t size = in.integer("size");
  std::string note = in.text("note");
  GAVAH_TRY(in.finish());
  GAVAH_ASSIGN(const proof::Checkpoint head, head_of(note));
  if (type != "head" || head.origin != origin || head.size != static_cast<std::uint64_t>(size)) {
    return fail(ErrorCode::invalid_input, "a remembered head is not what its line says");
  }
  return note;
}

}  // namespace

Result<RememberedHeads> RememberedHeads::parse(std::string_view text) {
  if (text.size() > kMaxRememberedBytes) return fail(ErrorCode::invalid_input, "too many remembered heads");
  RememberedHeads out;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    ++number;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    GAVAH_ASSIGN_AS(const std::string note, note_from(text.substr(at, end - at)),
                    format("reading line {} of the remembered heads", number));
    GAVAH_TRY(out.add(note));
    at = end + 1;
  }
  if (out.text() != text)
    return fail(ErrorCode::invalid_input, "the remembered heads are not spelled as they are written");
  return out;
}

std::string RememberedHeads::text() const {
  std::string out;
  for (const Line& line : lines_) {
    JsonWriter json;
    json.begin_object().member("type", "head").member("origin", line.head.origin).member("size", line.head.size);
    out += json.member("note", line.note).end_object().take() + "\n";
  }
  return out;
}

std::vector<std::string> RememberedHeads::notes_of(std::string_view origin) const {
  std::vector<std::string> out;
  for (const Line& line : lines_) {
    if (line.head.origin == origin) out.push_back(line.note);
  }
  return out;
}

Result<void> RememberedHeads::add(std::string_view note) {
  GAVAH_ASSIGN(proof::Checkpoint head, head_of(note));
  const auto same = std::ranges::find(lines_, head, &Line::head);
  if (same != lines_.end()) return {};
  if (lines_.size() == kMaxRememberedHeads) return fail(ErrorCode::refused, "too many remembered heads");
  Line line{std::move(head), std::string(note)};
  const auto key = [](const Line& each) { return std::tie(each.head.origin, each.head.size, each.note); };
  const auto place =
      std::ranges::lower_bound(lines_, line, [&](const Line& a, const Line& b) { return key(a) < key(b); });
  lines_.insert(place, std::move(line));
  return {};
}

}  // namespace gavah::verify
