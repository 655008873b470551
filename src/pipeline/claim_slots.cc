#include "pipeline/claim_slots.h"

#include <algorithm>

#include "base/format.h"

namespace gavah::pipeline {
namespace {

std::string bound_text(const std::optional<std::int64_t>& bound) { return bound ? std::to_string(*bound) : "?"; }

std::string exact_of(const Actor& actor) {
  JsonWriter out;
  write_actor(out, actor);
  return out.take();
}

std::string exact_of(const TimeInterval& time) {
  JsonWriter out;
  write_time(out, time);
  return out.take();
}

std::string exact_of(const Count& count) {
  JsonWriter out;
  out.begin_object();
  write_count_members(out, count);
  return out.end_object().take();
}

std::string exact_of(const std::optional<Span>& span) {
  JsonWriter out;
  write_span(out, span);
  return out.take();
}

std::string actor_text(const Actor& actor) { return format("{} ({})", actor.name, actor.actor_class); }

/// Without the name.
std::string person_text(const Person& person) {
  return format("{}, age {}, {}", person.role.empty() ? "role not told" : person.role, bound_text(person.age),
                person.condition.empty() ? "condition not told" : person.condition);
}

class Slots {
 public:
  void put(std::string slot, std::string text, std::string exact) {
    out_.push_back({std::move(slot), std::move(text), std::move(exact)});
  }
  void put(std::string slot, std::string text) {
    std::string exact = text;
    put(std::move(slot), std::move(text), std::move(exact));
  }
  /// Adds to the slot of that name, or makes it.
  void join(std::string_view slot, const std::string& text, const std::string& exact) {
    const auto found = std::ranges::find(out_, slot, &SlotText::slot);
    if (found == out_.end()) return put(std::string(slot), text, exact);
    found->text.append("; ").append(text);
    found->exact.append("; ").append(exact);
  }
  std::vector<SlotText> take() { return std::move(out_); }

 private:
  std::vector<SlotText> out_;
};

}  // namespace

std::string time_text(const TimeInterval& time) {
  if (time.is_unknown()) return "unknown";
  const auto day = [](const std::optional<Instant>& instant, std::int64_t back_seconds) {
    return instant ? Instant{instant->seconds - back_seconds}.day().text() : std::string("?");
  };
  return format("{} to {} ({}, {} calendar)", day(time.start, 0), day(time.end, 1), code_of(time.precision),
                name_of(time.calendar));
}

std::string places_text(const std::vector<Place>& places) {
  std::string out;
  for (const Place& place : places) {
    out += format("{}{} {} ({})", out.empty() ? "" : "; ", name_of(place.role),
                  place.name.empty() ? place.phrase : place.name, code_of(place.precision));
  }
  return out.empty() ? "unknown" : out;
}

std::string count_text(const Count& count) {
  return format("{} {} to {}, {}", count.kind, bound_text(count.low), bound_text(count.high), name_of(count.scope));
}

std::vector<SlotText> slots_of(const Claim& claim) {
  Slots slots;
  slots.put("act", claim.act);
  slots.put("stage", std::string(name_of(claim.stage)));
  slots.put("polarity", std::string(name_of(claim.polarity)));
  slots.put("attribution", std::string(name_of(claim.attribution)));
  if (claim.speaker) slots.put("speaker", actor_text(*claim.speaker), exact_of(*claim.speaker));
  if (claim.about) slots.put("about", "claim " + claim.about->hex());
  slots.put("time", time_text(claim.time), exact_of(claim.time));
  JsonWriter places;
  places.begin_object();
  write_places(places, "places", claim.places);
  slots.put("place", places_text(claim.places), places.end_object().take());
  for (const Actor& actor : claim.actors) slots.join("actor", actor_text(actor), exact_of(actor));
  for (const Actor& target : claim.targets) slots.join("target", actor_text(target), exact_of(target));
  for (const Person& person : claim.persons)
    slots.join("person", person_text(person), person.name + person_text(person) + exact_of(person.span));
  for (const Count& count : claim.counts) slots.join("count:" + count.kind, count_text(count), exact_of(count));
  for (const std::string& slogan : claim.slogans) slots.join("slogan", slogan, slogan);
  if (claim.umbrella) slots.put("umbrella", "true");
  slots.put("trigger", format("bytes {} to {}", claim.trigger.begin, claim.trigger.end));
  slots.put("confidence", std::to_string(claim.confidence.thousandths));
  return slots.take();
}

std::vector<SlotChange> changes_between(const Claim& before, const Claim& after) {
  const auto from = slots_of(before);
  const auto to = slots_of(after);
  std::vector<SlotChange> out;
  for (const SlotText& slot : from) {
    const auto other = std::ranges::find(to, slot.slot, &SlotText::slot);
    if (other == to.end()) {
      out.push_back({slot.slot, slot.text, ""});
    } else if (other->exact != slot.exact) {
      out.push_back({slot.slot, slot.text, other->text});
    }
  }
  for (const SlotText& slot : to) {
    if (std::ranges::find(from, slot.slot, &SlotText::slot) == from.end()) out.push_back({slot.slot, "", slot.text});
  }
  return out;
}

}  // namespace gavah::pipeline
