#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/span.h"

namespace gavah {

/// ACTOR: who acts, is acted on, or speaks. `actor_class` is a key of the codebook ("police", "protesters", "unknown").
struct Actor {
  std::string name;  ///< as written in the text
  std::string actor_class = "unknown";
  std::optional<Span> span;
  friend bool operator==(const Actor&, const Actor&) = default;
};

/// {"name","class","span"}
void write_actor(JsonWriter& out, const Actor& actor);
void write_actors(JsonWriter& out, std::string_view key, const std::vector<Actor>& actors);
std::optional<Actor> read_actor(ObjectReader& in, std::string_view key);
std::vector<Actor> read_actors(ObjectReader& in, std::string_view key);

}  // namespace gavah
