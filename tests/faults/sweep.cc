#include "sweep.h"

#include "base/check.h"
#include "base/format.h"
#include "net/net.h"
#include "seal/seal.h"
#include "verify/verify.h"

namespace gavah::tests {
namespace {

constexpr const char* kCase = "/case";

std::string page(int number) {
  return format("Police arrested {} people in Velmar on 4 May 2031, witnesses said.", 12 + number);
}

std::string kind_name(DiskFault::Kind kind) {
  switch (kind) {
    case DiskFault::Kind::dies_before:
      return "dies before";
    case DiskFault::Kind::dies_after:
      return "dies after";
    case DiskFault::Kind::fails_once:
      return "fails once at";
    case DiskFault::Kind::keeps_failing:
      return "keeps failing from";
  }
  return {};
}

template <class T>
std::optional<std::string> sentence_of(const Result<T>& result, std::string_view what) {
  if (result) return std::nullopt;
  return format("{}: {}", what, result.error().sentence());
}

bool add(pipeline::Chronicle& chronicle, std::vector<std::string> paths) {
  pipeline::AddOptions options;
  options.paths = std::move(paths);
  return pipeline::add(chronicle, options).has_value();
}

bool decide(pipeline::Chronicle& chronicle) {
  const auto index = chronicle.index();
  if (!index) return false;
  std::string report;
  const auto keep = [&](std::string_view line) -> Result<void> {
    GAVAH_ASSIGN(const Json json, Json::parse(line));
    report = json.text_of("id");
    return {};
  };
  if (!(*index)->for_each_json(store::IndexTable::reports, keep)) return false;
  pipeline::DecideOptions options;
  options.verb = Verb::verify;
  options.items = {report};
  options.value = "call with two witnesses";
  options.reason = "both described the same street";
  options.by = "an analyst";
  return pipeline::decide(chronicle, options).has_value();
}

bool publish(pipeline::Chronicle& chronicle, const std::string& out) {
  pipeline::PublishOptions options;
  options.out = out;
  return pipeline::publish(chronicle, options).has_value();
}

/// Whether some edition leaf binds the manifest that lies there.
bool is_in_log(store::Chronicle& chronicle, Disk& disk, const std::string& edition) {
  const auto manifest = disk.read(edition + "/edition.json");
  bool out = false;
  const auto compare = [&](proof::LeafIndex index) -> Result<void> {
    GAVAH_ASSIGN(const std::string bytes, chronicle.ledger().leaf(index));
    GAVAH_ASSIGN(const proof::Leaf leaf, proof::parse_leaf(bytes));
    out = out || (manifest && leaf.bind == sha256(*manifest));
    return {};
  };
  return chronicle.ledger().for_each_of(proof::LeafType::edition, compare).has_value() && out;
}

/// A witness in the same process: it signs every head it is asked about.
class ReadyWitness final : public net::HttpClient {
 public:
  ReadyWitness()
      : signer_([] {
          SeededRandom random(5);
          return proof::WitnessSigner::generate("witness.example", random).value();
        }()) {}
  std::string vkey() const { return signer_.verifier().text(); }
  Result<net::HttpAnswer> send(const net::HttpRequest& request) override {
    GAVAH_ASSIGN(const proof::AddCheckpoint asked, proof::AddCheckpoint::parse(request.body));
    GAVAH_ASSIGN(const proof::Note note, proof::parse_note(asked.note));
    const Instant time = Instant::parse("2031-05-06T10:00:00Z").value();
    return net::HttpAnswer{200, "text/plain", proof::signature_line(proof::cosign(note.text, signer_, time))};
  }

 private:
  proof::WitnessSigner signer_;
};

bool cosign(pipeline::Chronicle& chronicle) {
  ReadyWitness witness;
  pipeline::CosignOptions options;
  options.urls = {"http://witness.example"};
  options.keys = {witness.vkey()};
  options.edition = "/edition-1";
  options.client = &witness;
  const auto summary = pipeline::cosign(chronicle, options);
  return summary && summary->problems.empty() && summary->cosignatures.size() == 1;
}

bool rotate(pipeline::Chronicle& chronicle) {
  return pipeline::rotate(chronicle, {.ask_passphrase = {}, .cost = {}}).has_value();
}

std::optional<std::string> check_edition(SimulatedWorld& world, pipeline::Chronicle& chronicle,
                                         const std::string& directory) {
  const auto pin = chronicle.pin();
  if (!pin) return sentence_of(pin, "pin");
  verify::VerifyOptions options;
  options.pin = verify::Pin::parse(*pin).value();
  options.threads = 1;
  const auto verdict = verify::verify_edition(world.disk(), directory, options);
  if (!verdict) return sentence_of(verdict, "verifying " + directory);
  if (verdict->exit_status(verify::Unwitnessed::allowed) == 0) return std::nullopt;
  return format("{} does not verify: {}", directory, verify::to_text(*verdict));
}

}  // namespace

std::string FaultPoint::text() const {
  const char* kept = loss == Loss::nothing ? "all" : loss == Loss::everything ? "only what was synced" : "some";
  return format("workflow {}, {} call {} ({}), the disk keeps {}, seed {}", workflow, kind_name(fault.kind), fault.call,
                fault.words, kept, seed);
}

Result<std::unique_ptr<pipeline::Chronicle>> Sweep::open(SimulatedWorld& world, const std::string& directory) const {
  GAVAH_ASSIGN(auto chronicle,
               pipeline::Chronicle::open(world, {.directory = directory,
                                                 .access = pipeline::Access::read_write,
                                                 .ask_passphrase = [] { return Result<std::string>(std::string()); }}));
  chronicle->use(toolkit_);
  return chronicle;
}

std::optional<std::string> Sweep::check_chronicle(SimulatedWorld& world, const std::string& directory,
                                                  std::uint64_t leaves) const {
  auto chronicle = open(world, directory);
  if (!chronicle) return sentence_of(chronicle, "opening again");
  if (const auto writer = (*chronicle)->writer(); !writer) return sentence_of(writer, "recovering");
  store::Chronicle& stored = (*chronicle)->stored();
  const auto size = stored.ledger().size();
  if (!size) return sentence_of(size, "ledger");
  if (*size < leaves) return format("{} leaves were acknowledged, {} are there", leaves, *size);
  const auto report = seal::audit(stored, world.state_directory(), 1);
  if (!report) return sentence_of(report, "audit");
  if (!report->is_sound()) return format("audit: {}: {}", report->faults.front().what, report->faults.front().why);
  const auto head = stored.head();
  if (!head || head->size != *size) return std::string("the head is not that of the ledger");
  const auto derived = pipeline::derive(**chronicle, {.threads = 1, .progress = {}});
  if (!derived) return sentence_of(derived, "deriving again");
  return std::nullopt;
}

std::optional<std::string> Sweep::check_derivation(SimulatedWorld& world, const std::string& directory,
                                                   std::uint64_t leaves) const {
  if (auto wrong = check_chronicle(world, directory, leaves)) return wrong;
  auto chronicle = open(world, directory);
  if (!chronicle) return sentence_of(chronicle, "opening again");
  const auto derived = pipeline::derive(**chronicle, {.threads = 1, .progress = {}});
  if (!derived) return sentence_of(derived, "deriving with nothing new");
  const auto rebuilt = pipeline::rebuild(**chronicle, {.threads = 1, .progress = {}});
  if (!rebuilt) return sentence_of(rebuilt, "deriving from nothing");
  if (derived->index_digest == rebuilt->index_digest) return std::nullopt;
  return std::string("what was derived after the fault is not what is derived from nothing");
}

std::vector<FaultPoint> Sweep::points(std::size_t workflow, std::uint64_t first_seed, std::uint64_t seeds) const {
  using Kind = DiskFault::Kind;
  std::vector<FaultPoint> out;
  for (std::uint64_t call = 0; call < calls(workflow); ++call) {
    for (const Kind kind : {Kind::dies_before, Kind::dies_after, Kind::fails_once, Kind::keeps_failing}) {
      const DiskFault fault{kind, call, call % 2 == 0 ? "Input/output error" : "No space left on device"};
      if (first_seed == 0) {
        out.push_back({workflow, fault, Loss::nothing, 0});
        out.push_back({workflow, fault, Loss::everything, 0});
      }
      for (std::uint64_t seed = first_seed; seed < first_seed + seeds; ++seed) {
        out.push_back({workflow, fault, Loss::some, seed});
      }
    }
  }
  return out;
}

std::optional<std::string> Sweep::run(const FaultPoint& point) const {
  const Workflow& workflow = workflows_[point.workflow];
  SimulatedDisk disk(*workflow.start);
  SimulatedWorld world(disk);
  disk.begin(point.fault);
  const Said said = workflow.work(*this, world) ? Said::done : Said::nothing;
  disk.restart(point.loss, point.seed);
  return workflow.check(*this, world, said);
}

std::optional<std::string> Sweep::flip(std::uint64_t seed) const {
  SimulatedDisk disk(*derived_);
  SimulatedWorld world(disk);
  // Files as they lie under the chronicle, each by its size; what holds no state is passed over: locks, and partial
  // tiles of sizes that the log has outgrown.
  const auto head = store::Tiles(disk, join_path(kCase, "log")).checkpoint().value().value();
  const std::string lines = head.substr(head.find('\n') + 1);
  const std::string width = std::to_string(std::stoull(lines) % proof::kTileWidth);
  const auto is_outgrown = [&](std::string_view path) {
    return path.find(".p/") != std::string_view::npos && base_name(path) != width;
  };
  std::vector<std::pair<std::string, std::uint64_t>> files;
  std::uint64_t total = 0;
  for (const std::string& path : disk.paths()) {
    if (!path.starts_with(std::string(kCase) + "/") || path.ends_with("/writer.lock") || path.ends_with("-shm"))
      continue;
    if (is_outgrown(path)) continue;
    const std::uint64_t size = disk.read(path).value().size();
    files.emplace_back(path, size);
    total += size;
  }
  SeededRandom random(seed);
  std::uint64_t draw = 0;
  for (const std::uint8_t byte : random.array<8>()) draw = draw << 8U | byte;
  std::uint64_t bit = draw % (8 * total);
  std::size_t chosen = 0;
  while (bit >= 8 * files[chosen].second) bit -= 8 * files[chosen++].second;
  disk.flip(files[chosen].first, bit);
  const auto chronicle = open(world, kCase);
  if (!chronicle || !(*chronicle)->writer()) return std::nullopt;
  if (!publish(**chronicle, "/edition-flip")) return std::nullopt;
  return format("seed {}: bit {} of {} was published over", seed, bit, files[chosen].first);
}

/// Makes the workflows and the disks they start from.
struct Workflows {
  Sweep& sweep;
  std::shared_ptr<SimulatedDisk> disk = std::make_shared<SimulatedDisk>();
  std::uint64_t leaves = 0;  ///< of the case as it stands on `disk`

  std::unique_ptr<pipeline::Chronicle> open(SimulatedWorld& world) const {
    auto chronicle = sweep.open(world, kCase);
    GAVAH_CHECK(chronicle.has_value());
    return *std::move(chronicle);
  }

  /// Does something to the case, undisturbed.
  void step(const std::function<bool(pipeline::Chronicle&)>& work) {
    SimulatedWorld world(*disk);
    {
      const auto chronicle = open(world);
      GAVAH_CHECK(work(*chronicle));
      leaves = chronicle->stored().ledger().size().value();
    }
    disk->restart(Loss::nothing, 0);
  }

  void add(std::string name, std::function<bool(const Sweep&, SimulatedWorld&)> work,
           std::function<std::optional<std::string>(const Sweep&, SimulatedWorld&, Said)> check) {
    Sweep::Workflow made{
        std::move(name), std::make_shared<const SimulatedDisk>(*disk), kCase, std::move(work), std::move(check), 0};
    SimulatedDisk trial(*made.start);
    SimulatedWorld world(trial);
    trial.begin(std::nullopt);
    GAVAH_CHECK(made.work(sweep, world));
    made.calls = trial.calls();
    trial.restart(Loss::nothing, 0);
    const auto wrong = made.check(sweep, world, Said::done);
    if (wrong) fmt::print(stderr, "{}: {}\n", made.name, *wrong);
    GAVAH_CHECK(!wrong);
    sweep.workflows_.push_back(std::move(made));
  }

  /// A workflow on the case that adds `grown` leaves when it is done.
  void add_on_case(std::string name, std::function<bool(pipeline::Chronicle&)> work, std::uint64_t grown,
                   decltype(&Sweep::check_chronicle) check = &Sweep::check_chronicle) {
    const std::uint64_t before = leaves;
    add(
        std::move(name),
        [work](const Sweep& owner, SimulatedWorld& world) {
          const auto chronicle = owner.open(world, kCase);
          return chronicle && work(**chronicle);
        },
        [before, grown, check](const Sweep& owner, SimulatedWorld& world, Said said) {
          return (owner.*check)(world, kCase, before + (said == Said::done ? grown : 0));
        });
  }

  void make_init() {
    add(
        "init",
        [](const Sweep&, SimulatedWorld& world) {
          return pipeline::init(world, {.directory = kCase,
                                        .protection = pipeline::Protection::unprotected,
                                        .ask_passphrase = {},
                                        .gazetteer_files = {}})
              .has_value();
        },
        [](const Sweep& owner, SimulatedWorld& world, Said said) -> std::optional<std::string> {
          if (!world.disk().exists(kCase) && said == Said::nothing) return std::nullopt;
          return owner.check_chronicle(world, kCase, 1);
        });
  }

  /// Appends one by one and remembers what was acknowledged before the machine died.
  void make_seal() {
    static thread_local std::uint64_t acknowledged = 0;  // a point is run and checked on one thread
    const std::uint64_t before = leaves;
    add(
        "seal",
        [before](const Sweep& owner, SimulatedWorld& world) {
          acknowledged = before;
          const auto chronicle = owner.open(world, kCase);
          if (!chronicle) return false;
          const auto writer = (*chronicle)->writer();
          if (!writer) return false;
          for (int round = 0; round < 3; ++round) {
            std::vector<seal::StagedCapture> staged;
            auto one = (*writer)->stage(MemorySource(page(round)), Capture{}, {});
            if (!one) return false;
            staged.push_back(*std::move(one));
            if (!(*writer)->append_captures(std::move(staged))) return false;
            acknowledged = (*writer)->size();
            if (round == 1 && !(*writer)->seal()) return false;
            Decision decision;
            decision.verb = Verb::reject;
            decision.anchors.resize(1);
            decision.reason = "reason";
            if (!(*writer)->append_decision(decision)) return false;
            acknowledged = (*writer)->size();
          }
          return (*writer)->seal().has_value();
        },
        [](const Sweep& owner, SimulatedWorld& world, Said) {
          return owner.check_chronicle(world, kCase, acknowledged);
        });
  }

  void make_publish() {
    const std::uint64_t before = leaves;
    add(
        "publish",
        [](const Sweep& owner, SimulatedWorld& world) {
          const auto chronicle = owner.open(world, kCase);
          return chronicle && publish(**chronicle, "/edition-2");
        },
        [before](const Sweep& owner, SimulatedWorld& world, Said said) -> std::optional<std::string> {
          if (auto wrong = owner.check_chronicle(world, kCase, before)) return wrong;
          const auto chronicle = owner.open(world, kCase);
          if (!chronicle) return sentence_of(chronicle, "opening again");
          // What stands under its name is whole and in the log; what does not can be made.
          if (world.disk().exists("/edition-2.unnamed")) return std::string("an edition without a name lies about");
          if (world.disk().exists("/edition-2")) {
            if (!is_in_log((*chronicle)->stored(), world.disk(), "/edition-2")) {
              return std::string("the log does not name the edition");
            }
            if (auto wrong = check_edition(world, **chronicle, "/edition-2")) return wrong;
          } else if (said == Said::done) {
            return std::string("the edition is gone");
          }
          if (!publish(**chronicle, "/edition-3")) return std::string("publishing again fails");
          return check_edition(world, **chronicle, "/edition-3");
        });
  }

  /// What was said to be cosigned is; and it can be cosigned whatever went wrong before.
  void make_cosign() {
    const std::uint64_t before = leaves;
    add(
        "cosign",
        [](const Sweep& owner, SimulatedWorld& world) {
          const auto chronicle = owner.open(world, kCase);
          return chronicle && tests::cosign(**chronicle);
        },
        [before](const Sweep& owner, SimulatedWorld& world, Said said) -> std::optional<std::string> {
          if (auto wrong = owner.check_chronicle(world, kCase, before)) return wrong;
          const auto chronicle = owner.open(world, kCase);
          if (!chronicle) return sentence_of(chronicle, "opening again");
          if (auto wrong = check_edition(world, **chronicle, "/edition-1")) return wrong;
          const auto kept = seal::cosigned_head((*chronicle)->stored());
          if (!kept || (said == Said::done && !*kept)) return std::string("the cosigned head is gone");
          if (said == Said::done && !world.disk().exists("/edition-1/cosigned")) return std::string("the way is gone");
          if (!tests::cosign(**chronicle)) return std::string("cosigning again fails");
          return check_edition(world, **chronicle, "/edition-1");
        });
  }

  /// Whatever went wrong, the log goes on; a change of key that began can be ended, and then there are two keys.
  void make_rotate() {
    const std::uint64_t before = leaves;
    add(
        "rotate",
        [](const Sweep& owner, SimulatedWorld& world) {
          const auto chronicle = owner.open(world, kCase);
          return chronicle && tests::rotate(**chronicle);
        },
        [before](const Sweep& owner, SimulatedWorld& world, Said said) -> std::optional<std::string> {
          if (auto wrong = owner.check_chronicle(world, kCase, before + (said == Said::done ? 1 : 0))) return wrong;
          const auto chronicle = owner.open(world, kCase);
          if (!chronicle) return sentence_of(chronicle, "opening again");
          const std::size_t keys = (*chronicle)->stored().config().log_keys.size();
          if (said == Said::done && keys != 2) return std::string("the new key is gone");
          if (said == Said::nothing && !tests::rotate(**chronicle)) return std::string("changing the key again fails");
          if ((*chronicle)->stored().keys().next_log) return std::string("the change of key did not end");
          if (!publish(**chronicle, "/edition-3")) return std::string("publishing under the new key fails");
          return check_edition(world, **chronicle, "/edition-3");
        });
  }

  /// The first capture of the case.
  static std::string first_capture(pipeline::Chronicle& chronicle) {
    std::string out;
    const auto keep = [&](proof::LeafIndex, std::string_view line) -> Result<void> {
      GAVAH_ASSIGN(const Json json, Json::parse(line));
      if (out.empty()) out = json.text_of("id");
      return {};
    };
    const auto walked = chronicle.stored().ledger().for_each_json(proof::LeafType::capture, 0, keep);
    return walked ? out : std::string();
  }

  void make_shred() {
    std::string item;
    step([&](pipeline::Chronicle& chronicle) {
      item = first_capture(chronicle);
      return !item.empty();
    });
    const std::uint64_t before = leaves;
    add(
        "shred",
        [item](const Sweep& owner, SimulatedWorld& world) {
          const auto chronicle = owner.open(world, kCase);
          return chronicle && pipeline::shred(**chronicle, {.item = item, .reason = "reason", .by = ""}).has_value();
        },
        [item, before](const Sweep& owner, SimulatedWorld& world, Said said) -> std::optional<std::string> {
          if (auto wrong = owner.check_chronicle(world, kCase, before + (said == Said::done ? 1 : 0))) return wrong;
          const auto chronicle = owner.open(world, kCase);
          if (!chronicle) return sentence_of(chronicle, "opening again");
          store::Ledger& ledger = (*chronicle)->stored().ledger();
          const bool is_redacted = ledger.count(proof::LeafType::redact).value_or(0) > 0;
          const bool is_there = pipeline::shred_plan(**chronicle, item).has_value();
          if (is_redacted == is_there) return std::string("it is neither whole nor gone");
          return std::nullopt;
        });
  }

  /// A capture of three posts loses its second: then it is gone and the others are as they were, or all are there.
  void make_shred_part() {
    std::string inbox;
    step([&](pipeline::Chronicle& chronicle) {
      std::string lines;
      for (int i = 0; i < 3; ++i) {
        lines += format(R"({{"id":"{}","full_text":"{}","user":{{"screen_name":"harbor"}}}})", i, page(i)) + "\n";
      }
      if (!chronicle.world().disk().write_new("/posts.jsonl", lines)) return false;
      if (!tests::add(chronicle, {"/posts.jsonl"})) return false;
      return pipeline::list(chronicle, pipeline::ItemKind::captures,
                            [&](std::string_view line) -> Result<void> {
                              GAVAH_ASSIGN(const Json json, Json::parse(line));
                              if (json.text_of("name") == "posts.jsonl") inbox = json.text_of("id");
                              return {};
                            })
                 .has_value() &&
             !inbox.empty();
    });
    const std::uint64_t before = leaves;
    const auto shred = [inbox](pipeline::Chronicle& chronicle) {
      return pipeline::shred(chronicle, {.item = inbox + ":1", .reason = "reason", .by = ""}).has_value();
    };
    add(
        "shred part",
        [shred](const Sweep& owner, SimulatedWorld& world) {
          const auto chronicle = owner.open(world, kCase);
          return chronicle && shred(**chronicle);
        },
        [inbox, before](const Sweep& owner, SimulatedWorld& world, Said said) -> std::optional<std::string> {
          if (auto wrong = owner.check_chronicle(world, kCase, before + (said == Said::done ? 1 : 0))) return wrong;
          const auto chronicle = owner.open(world, kCase);
          if (!chronicle) return sentence_of(chronicle, "opening again");
          for (const char* part : {":0", ":2"}) {
            const auto shown = pipeline::show(**chronicle, inbox + part);
            if (!shown) return sentence_of(shown, "showing a part that stays");
            if (shown->find("FAILS") != std::string::npos) return "a part that stays fails: " + *shown;
          }
          store::Ledger& ledger = (*chronicle)->stored().ledger();
          const bool is_redacted = ledger.count(proof::LeafType::redact).value_or(0) > 0;
          const bool is_there = pipeline::show(**chronicle, inbox + ":1").has_value();
          if (is_redacted == is_there) return std::string("the part is neither there nor gone");
          return std::nullopt;
        });
    step(shred);  // what follows has a capture without one of its parts
  }

  void make_backup() {
    const std::uint64_t before = leaves;
    add(
        "backup",
        [](const Sweep& owner, SimulatedWorld& world) {
          const auto chronicle = owner.open(world, kCase);
          return chronicle && pipeline::backup(**chronicle, "/backup").has_value();
        },
        [before](const Sweep& owner, SimulatedWorld& world, Said said) -> std::optional<std::string> {
          if (auto wrong = owner.check_chronicle(world, kCase, before)) return wrong;
          if (said == Said::nothing) {
            const auto chronicle = owner.open(world, kCase);
            if (!chronicle) return sentence_of(chronicle, "opening again");
            const auto again = pipeline::backup(**chronicle, "/backup");
            if (!again) return sentence_of(again, "backing up again");
          }
          return owner.check_chronicle(world, "/backup", before);
        });
  }

  void make_restore() {
    step([](pipeline::Chronicle& chronicle) { return pipeline::backup(chronicle, "/old").has_value(); });
    step([](pipeline::Chronicle& chronicle) { return tests::add(chronicle, {"/page-3.txt"}); });
    step([](pipeline::Chronicle& chronicle) { return pipeline::backup(chronicle, "/mirror").has_value(); });
    const std::uint64_t before = leaves;
    const auto restore = [](SimulatedWorld& world) {
      seal::RestoreOptions options;
      options.source = "/old";
      options.destination = "/restored";
      options.mirror = "/mirror";
      options.ask_passphrase = [] { return Result<std::string>(std::string()); };
      return pipeline::restore(world, options);
    };
    add(
        "restore", [restore](const Sweep&, SimulatedWorld& world) { return restore(world).has_value(); },
        [before, restore](const Sweep& owner, SimulatedWorld& world, Said said) -> std::optional<std::string> {
          if (said == Said::nothing && !world.disk().exists("/restored")) {
            const auto again = restore(world);
            if (!again) return sentence_of(again, "restoring again");
          }
          return owner.check_chronicle(world, "/restored", before);
        });
    make_continue();
  }

  /// The old log is never signed on, whatever went wrong; the new one is whole, or is not there and can be made.
  void make_continue() {
    const auto restore = [](SimulatedWorld& world, std::string origin) {
      seal::RestoreOptions options;
      options.source = "/old";
      options.destination = "/continued";
      options.new_origin = std::move(origin);
      options.ask_passphrase = [] { return Result<std::string>(std::string()); };
      return pipeline::restore(world, options);
    };
    const std::string old_head = disk->read("/old/log/checkpoint").value();
    add(
        "restore as a new origin",
        [restore](const Sweep&, SimulatedWorld& world) { return restore(world, "case.example/next").has_value(); },
        [restore, old_head](const Sweep& owner, SimulatedWorld& world, Said said) -> std::optional<std::string> {
          if (!world.disk().exists("/continued")) {
            if (said == Said::done) return std::string("what was restored is gone");
            // The name may have been used up by a head that was signed.
            const auto again = restore(world, "case.example/after");
            if (!again) return sentence_of(again, "restoring again");
          }
          if (world.disk().read("/old/log/checkpoint").value_or("") != old_head) return std::string("the copy changed");
          if (auto wrong = owner.check_chronicle(world, "/continued", 1)) return wrong;
          const auto chronicle = owner.open(world, "/continued");
          if (!chronicle) return sentence_of(chronicle, "opening again");
          if (!publish(**chronicle, "/edition-3")) return std::string("publishing under the new origin fails");
          return check_edition(world, **chronicle, "/edition-3");
        });
  }

  void make_all() {
    make_init();
    SimulatedWorld world(*disk);
    GAVAH_CHECK(sweep.workflows_.front().work(sweep, world));
    for (int i = 0; i < 4; ++i) GAVAH_CHECK(world.disk().write_new(format("/page-{}.txt", i), page(i)));
    GAVAH_CHECK(world.disk().write_new(
        "/sources.csv", "id,name,kind,family,lang,reason\nharbor,Harbor Gazette,outlet,,en,registered\n"));
    disk->restart(Loss::nothing, 0);
    make_seal();
    step([](pipeline::Chronicle& chronicle) {
      return tests::add(chronicle, {"/page-0.txt"}) && pipeline::derive(chronicle, {.threads = 1, .progress = {}});
    });
    add_on_case("add", [](pipeline::Chronicle& chronicle) { return tests::add(chronicle, {"/page-1.txt"}); }, 1);
    add_on_case("decide", decide, 1);
    add_on_case(
        "sources",
        [](pipeline::Chronicle& chronicle) { return pipeline::import_sources(chronicle, "/sources.csv").has_value(); },
        1);
    step([](pipeline::Chronicle& chronicle) { return publish(chronicle, "/edition-1"); });
    step([](pipeline::Chronicle& chronicle) { return tests::add(chronicle, {"/page-2.txt"}) && decide(chronicle); });
    const auto derive = [](pipeline::Chronicle& chronicle) {
      return pipeline::derive(chronicle, {.threads = 1, .progress = {}}).has_value();
    };
    add_on_case("derive", derive, 0, &Sweep::check_derivation);
    add_on_case(
        "rebuild",
        [](pipeline::Chronicle& chronicle) {
          return pipeline::rebuild(chronicle, {.threads = 1, .progress = {}}).has_value();
        },
        0);
    step(derive);
    sweep.derived_ = std::make_shared<const SimulatedDisk>(*disk);
    make_publish();
    make_cosign();
    make_rotate();
    make_shred();
    make_shred_part();
    make_backup();
    make_restore();
  }
};

Sweep::Sweep() {
  RealDisk disk;
  auto loaded = pipeline::Toolkit::load_files(disk, {});
  GAVAH_CHECK(loaded.has_value());
  toolkit_ = std::make_shared<const pipeline::Toolkit>(*std::move(loaded));
  Workflows{*this}.make_all();
}

}  // namespace gavah::tests
