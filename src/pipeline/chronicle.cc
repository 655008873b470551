#include "pipeline/chronicle.h"

#include <algorithm>

#include "base/format.h"
#include "pipeline/edition_place.h"
#include "pipeline/gazetteer_files.h"
#include "verify/verify.h"

namespace gavah::pipeline {

Result<std::unique_ptr<Chronicle>> Chronicle::open(World& world, const OpenOptions& options) {
  GAVAH_ASSIGN(store::Chronicle stored,
               store::Chronicle::open(world.disk(), options.directory, options.ask_passphrase, options.access));
  return std::unique_ptr<Chronicle>(new Chronicle(world, std::move(stored), options.access));
}

Result<void> Chronicle::make_empty_index() {
  const std::string beside = stored_.index_path() + ".new";
  if (world_.disk().exists(beside)) GAVAH_TRY(world_.disk().remove(beside));
  {
    GAVAH_ASSIGN(store::Index scratch, store::Index::create_scratch(stored_.index_file(beside)));
    GAVAH_TRY(scratch.finish());
  }
  return replace_index(beside);
}

Result<store::Index*> Chronicle::index() {
  if (!index_) {
    const std::string path = stored_.index_path();
    if (!world_.disk().exists(path)) GAVAH_TRY_AS(make_empty_index(), "making the index");
    GAVAH_ASSIGN_AS(store::Index opened, store::Index::open(stored_.index_file(path)), "opening the index");
    index_.emplace(std::move(opened));
  }
  return &*index_;
}

Result<void> Chronicle::replace_index(const std::string& scratch_path) {
  index_.reset();
  const std::string path = stored_.index_path();
  GAVAH_TRY(world_.disk().rename(scratch_path, path));
  // The log of the index before may stay until here: it is sealed to that file, and nothing of it opens in this one.
  for (const std::string suffix : {"-wal", "-shm"}) {
    if (world_.disk().exists(path + suffix)) GAVAH_TRY(world_.disk().remove(path + suffix));
  }
  return world_.disk().sync_directory(directory());
}

Result<seal::LogWriter*> Chronicle::writer() {
  if (access_ == Access::read_only) return fail(ErrorCode::refused, "the chronicle was opened for reading");
  if (!writer_) {
    GAVAH_ASSIGN_AS(seal::LogWriter opened,
                    seal::LogWriter::open(stored_, world_.state_directory(), world_.clock(), world_.random()),
                    "opening the log");
    writer_.emplace(std::move(opened));
    GAVAH_TRY_AS(finish_edition(stored_), "finishing the newest edition");
  }
  return &*writer_;
}

Result<const Toolkit*> Chronicle::toolkit() {
  if (!toolkit_) {
    GAVAH_ASSIGN(const CodebookFiles files, codebook());
    GAVAH_ASSIGN(Toolkit loaded, Toolkit::load_files(world_.disk(), gazetteer_files(), files));
    toolkit_ = std::make_shared<const Toolkit>(std::move(loaded));
  }
  return toolkit_.get();
}

std::vector<std::string> Chronicle::gazetteer_files() const {
  std::vector<std::string> out;
  for (const auto& name : stored_.config().gazetteer_files)
    out.push_back(name == kBuiltInGazetteer ? name : stored_.path(name));
  return out;
}

Result<CodebookFiles> Chronicle::codebook() {
  const std::string taken = stored_.path(std::string(kTakenCodebook));
  if (!world_.disk().exists(taken)) return CodebookFiles::built_in();
  GAVAH_ASSIGN(const std::string text, world_.disk().read(taken));
  GAVAH_ASSIGN_AS(CodebookFiles out, CodebookFiles::from_json(text), format("reading {}", taken));
  return out;
}

Result<void> Chronicle::take_codebook(const CodebookFiles& codebook) {
  GAVAH_TRY(writer());  // one process at a time
  // Not by way of the present one: a later program may refuse it, and this is how it is replaced then.
  GAVAH_ASSIGN(Toolkit loaded, Toolkit::load_files(world_.disk(), gazetteer_files(), codebook));
  GAVAH_TRY(world_.disk().replace(stored_.path(std::string(kTakenCodebook)), codebook.to_json()));
  toolkit_ = std::make_shared<const Toolkit>(std::move(loaded));
  return {};
}

Result<void> Chronicle::take_gazetteer(const std::vector<std::string>& files) {
  GAVAH_TRY(writer());  // one process at a time
  Disk& disk = world_.disk();
  GAVAH_ASSIGN(const auto kept, kept_gazetteers(disk, files));
  store::ChronicleConfig config = stored_.config();
  const std::vector<std::string> before = std::exchange(config.gazetteer_files, {});
  for (const auto& [name, bytes] : kept) {
    config.gazetteer_files.push_back(name);
    if (bytes) GAVAH_TRY(disk.replace(stored_.path(name), *bytes));
  }
  const std::vector<std::string> now = config.gazetteer_files;
  GAVAH_TRY(stored_.replace_config(std::move(config)));
  toolkit_.reset();
  for (const std::string& name : before) {
    const bool is_left = name != kBuiltInGazetteer && std::ranges::find(now, name) == now.end();
    if (is_left && disk.exists(stored_.path(name))) GAVAH_TRY(disk.remove(stored_.path(name)));
  }
  return {};
}

Result<const SourceRegistry*> Chronicle::sources() {
  if (!sources_) {
    std::map<std::string, Source> latest;
    GAVAH_TRY(stored_.ledger().for_each_json(proof::LeafType::source, 0,
                                             [&](proof::LeafIndex, std::string_view line) -> Result<void> {
                                               GAVAH_ASSIGN(const Json json, Json::parse(line));
                                               GAVAH_ASSIGN(Source source, source_from_json(json));
                                               latest[source.id] = std::move(source);
                                               return {};
                                             }));
    std::vector<Source> all;
    all.reserve(latest.size());
    for (auto& [id, source] : latest) all.push_back(std::move(source));
    sources_.emplace(std::move(all));
  }
  return &*sources_;
}

Result<std::vector<Decision>> Chronicle::decisions() {
  std::vector<Decision> out;
  GAVAH_TRY(stored_.ledger().for_each_json(proof::LeafType::decision, 0,
                                           [&](proof::LeafIndex, std::string_view line) -> Result<void> {
                                             GAVAH_ASSIGN(const Json json, Json::parse(line));
                                             GAVAH_ASSIGN(Decision decision, decision_from_json(json));
                                             out.push_back(std::move(decision));
                                             return {};
                                           }));
  return out;
}

Result<std::string> Chronicle::pin() {
  verify::Pin pin;
  pin.origin = origin();
  for (const auto& range : stored_.config().log_keys) {
    pin.log_keys.push_back({range.key, range.from, range.to ? *range.to - 1 : UINT64_MAX});
  }
  pin.release_keys.push_back(stored_.config().release_key);
  return pin.text();
}

}  // namespace gavah::pipeline
