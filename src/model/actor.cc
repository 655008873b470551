#include "model/actor.h"

namespace gavah {
namespace {

Actor actor_from(ObjectReader& outer, std::string_view key, const Json& json) {
  ObjectReader in(json);
  Actor out;
  out.name = in.optional_text("name").value_or("");
  out.actor_class = in.optional_text("class").value_or("unknown");
  out.span = read_span(in, json, "span");
  if (const auto finished = in.finish(); !finished) outer.complain(key, finished.error().message);
  return out;
}

}  // namespace

void write_actor(JsonWriter& out, const Actor& actor) {
  out.begin_object().member("name", actor.name).member("class", actor.actor_class).key("span");
  write_span(out, actor.span);
  out.end_object();
}

void write_actors(JsonWriter& out, std::string_view key, const std::vector<Actor>& actors) {
  out.key(key).begin_array();
  for (const Actor& actor : actors) write_actor(out, actor);
  out.end_array();
}

std::optional<Actor> read_actor(ObjectReader& in, std::string_view key) {
  const Json* json = in.object(key);
  if (json == nullptr) return std::nullopt;
  return actor_from(in, key, *json);
}

std::vector<Actor> read_actors(ObjectReader& in, std::string_view key) {
  std::vector<Actor> out;
  for (const Json& json : in.array(key)) out.push_back(actor_from(in, key, json));
  return out;
}

}  // namespace gavah
