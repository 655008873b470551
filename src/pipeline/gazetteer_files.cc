#include "pipeline/gazetteer_files.h"

#include <array>

#include "base/check.h"
#include "base/digest.h"
#include "base/embedded.h"
#include "base/format.h"

namespace gavah::pipeline {
namespace {

/// What was written for this project comes first: of two rows with one id the first counts.
constexpr std::array<std::string_view, 3> kDumps{"gazetteer/written.tsv", "gazetteer/places.tsv", "gazetteer/osm.tsv"};
constexpr std::string_view kSources = "gazetteer/SOURCES.md";

std::string_view built_in(std::string_view name) {
  const auto bytes = embedded_data(name);
  GAVAH_CHECK(bytes.has_value());
  return *bytes;
}

SharedBytes built_in_compiled() { return {nullptr, built_in("gazetteer/built-in.places")}; }

/// The bytes of a file: of real ones one copy in memory serves all processes. Who cuts such a file while it is in use
/// ends the program. Disks without files to map are read.
Result<SharedBytes> map_whole(Disk& disk, const std::string& path) {
  auto opened = disk.open_file(path, OpenMode::read);
  if (!opened) {
    GAVAH_ASSIGN(std::string bytes, disk.read(path));
    return SharedBytes::of(std::move(bytes));
  }
  const std::shared_ptr<RandomAccessFile> file = *std::move(opened);
  GAVAH_ASSIGN(const std::uint64_t size, file->size());
  if (size == 0) return SharedBytes{};
  GAVAH_ASSIGN(const std::span<char> mapped, file->map({0, size}));
  return SharedBytes{file, {mapped.data(), mapped.size()}};
}

/// Dumps, mapped.
class Dumps {
 public:
  Result<void> add(Disk& disk, const std::string& file) {
    if (file == kBuiltInGazetteer) {
      for (const auto name : kDumps) views_.push_back(built_in(name));
      return {};
    }
    GAVAH_ASSIGN_AS(kept_.emplace_back(), map_whole(disk, file), format("reading {}", file));
    views_.push_back(kept_.back().bytes);
    if (!place::Gazetteer::is_compiled(views_.back())) return {};
    return fail(ErrorCode::invalid_input,
                format("{} is compiled and stands alone: compile its dumps together with the others "
                       "(gavah gazetteer --gazetteer FILE --gazetteer FILE --compile OUT)",
                       file));
  }
  std::span<const std::string_view> views() const { return views_; }

 private:
  std::vector<SharedBytes> kept_;
  std::vector<std::string_view> views_;
};

Result<Dumps> dumps_of(Disk& disk, const std::vector<std::string>& files) {
  Dumps out;
  for (const std::string& file : files) GAVAH_TRY(out.add(disk, file));
  return out;
}

bool is_built_in(const std::vector<std::string>& files) {
  return files.empty() || (files.size() == 1 && files.front() == kBuiltInGazetteer);
}

Result<place::Gazetteer> open_any(Disk& disk, const std::vector<std::string>& files) {
  if (is_built_in(files)) return place::Gazetteer::open(built_in_compiled());
  if (files.size() == 1) {
    GAVAH_ASSIGN(SharedBytes bytes, map_whole(disk, files.front()));
    if (place::Gazetteer::is_compiled(bytes.bytes)) return place::Gazetteer::open(std::move(bytes));
  }
  GAVAH_ASSIGN(const Dumps dumps, dumps_of(disk, files));
  return place::Gazetteer::load_all(dumps.views());
}

}  // namespace

Result<std::shared_ptr<const place::Gazetteer>> open_gazetteer(Disk& disk, const std::vector<std::string>& files) {
  GAVAH_ASSIGN_AS(place::Gazetteer opened, open_any(disk, files), "reading the gazetteer");
  return std::make_shared<const place::Gazetteer>(std::move(opened));
}

Result<std::string> compile_gazetteer(Disk& disk, const std::vector<std::string>& files) {
  if (is_built_in(files)) return std::string(built_in_compiled().bytes);
  GAVAH_ASSIGN(const Dumps dumps, dumps_of(disk, files));
  return place::Gazetteer::compile(dumps.views());
}

Result<std::vector<seal::GazetteerFile>> kept_gazetteers(Disk& disk, const std::vector<std::string>& files) {
  std::vector<seal::GazetteerFile> out;
  if (is_built_in(files)) return out;
  GAVAH_TRY(open_gazetteer(disk, files));
  for (const std::string& file : files) {
    if (file == kBuiltInGazetteer) {
      out.push_back({file, std::nullopt});
      continue;
    }
    GAVAH_ASSIGN(std::string bytes, disk.read(file));
    const std::string_view ending = place::Gazetteer::is_compiled(bytes) ? "places" : "tsv";
    // Named after its bytes: a chronicle that changes its gazetteer never has a file of another one under a name in
    // use.
    const std::string name = format("gazetteer-{}.{}", sha256(bytes).hex().substr(0, 16), ending);
    out.push_back({name, std::move(bytes)});
  }
  return out;
}

Result<std::vector<place::GazetteerMistake>> check_gazetteer(Disk& disk, const std::string& file) {
  GAVAH_ASSIGN(SharedBytes bytes, map_whole(disk, file));
  if (!place::Gazetteer::is_compiled(bytes.bytes)) return place::Gazetteer::check(bytes.bytes);
  const auto opened = place::Gazetteer::open(std::move(bytes));
  std::vector<place::GazetteerMistake> out;
  if (!opened) out.push_back({0, opened.error().sentence()});
  return out;
}

Result<void> write_built_in_dumps(Disk& disk, const std::string& directory) {
  if (disk.exists(directory)) return fail(ErrorCode::refused, format("{} exists; name a new directory", directory));
  GAVAH_TRY(disk.make_directories(directory));
  for (const auto name : kDumps)
    GAVAH_TRY(disk.write_new(join_path(directory, std::string(base_name(name))), built_in(name)));
  return disk.write_new(join_path(directory, std::string(base_name(kSources))), built_in(kSources));
}

}  // namespace gavah::pipeline
