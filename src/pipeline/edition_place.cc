#include "pipeline/edition_place.h"

namespace gavah::pipeline {
namespace {

constexpr std::string_view kLastEdition = "last-edition";

/// What the newest edition leaf binds.
Result<std::optional<Digest>> newest_manifest(store::Chronicle& chronicle) {
  GAVAH_ASSIGN(const auto newest, chronicle.ledger().last_of(proof::LeafType::edition));
  if (!newest) return std::optional<Digest>();
  GAVAH_ASSIGN(const std::string bytes, chronicle.ledger().leaf(*newest));
  GAVAH_ASSIGN(const proof::Leaf leaf, proof::parse_leaf(bytes));
  return leaf.bind;
}

}  // namespace

std::string unnamed_place(const std::string& place) { return place + ".unnamed"; }

Result<std::vector<std::string>> edition_places(store::Chronicle& chronicle) {
  std::vector<std::string> out;
  const std::string file = chronicle.path(kLastEdition);
  if (!chronicle.disk().exists(file)) return out;
  GAVAH_ASSIGN(const std::string lines, chronicle.disk().read(file));
  for (std::string_view rest = lines; !rest.empty();) {
    const auto end = rest.find('\n');
    out.emplace_back(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return out;
}

Result<void> remember_place(store::Chronicle& chronicle, const std::string& place,
                            const std::optional<std::string>& before) {
  return chronicle.disk().replace(chronicle.path(kLastEdition), place + "\n" + (before ? *before + "\n" : ""));
}

Result<void> finish_edition(store::Chronicle& chronicle) {
  GAVAH_ASSIGN(const auto places, edition_places(chronicle));
  if (places.empty()) return {};
  Disk& disk = chronicle.disk();
  const std::string& place = places.front();
  const std::string unnamed = unnamed_place(place);
  if (!disk.exists(unnamed)) return {};
  GAVAH_ASSIGN(const auto wanted, newest_manifest(chronicle));
  const auto manifest = disk.read(join_path(unnamed, "edition.json"));
  const bool is_in_log = wanted && manifest && sha256(*manifest) == *wanted;
  if (!is_in_log) return disk.remove_tree(unnamed);
  GAVAH_TRY_AS(disk.rename(unnamed, place), "giving the edition its name");
  return disk.sync_directory(std::string(parent_path(place)));
}

}  // namespace gavah::pipeline
