#include "cli/chronicle_desk.h"

#include <mutex>
#include <thread>

#include "base/format.h"

namespace gavah::cli {

using namespace server;  // what its pages ask for

namespace {

/// The words that a claim is coded from, as decisions cite them.
Result<std::string> anchor_item(pipeline::Chronicle& chronicle, const DeskWords& words) {
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  GAVAH_ASSIGN(const Report report, index->report(words.report));
  if (words.span.end > report.text.size()) return fail(ErrorCode::invalid_input, "the words are none of the report");
  const auto anchor = anchor_of(report, words.span);
  if (!anchor) return fail(ErrorCode::invalid_input, "no bytes stand for these words");
  JsonWriter out;
  write_anchor(out, *anchor);
  return out.take();
}

/// Decisions are shown once everything is linked anew; what another program or codebook derived would be coded anew as
/// well, which is not for a page to start.
Result<void> check_derived(pipeline::Chronicle& chronicle) {
  GAVAH_ASSIGN(store::Index * index, chronicle.index());
  GAVAH_ASSIGN(const pipeline::Toolkit* toolkit, chronicle.toolkit());
  GAVAH_ASSIGN(const std::string derived_with, index->note("derived-with"));
  if (derived_with == toolkit->fingerprint()) return {};
  return fail(ErrorCode::refused,
              "another program, codebook or gazetteer derived this chronicle: run gavah derive, and serve it again");
}

class ChronicleDesk final : public Desk {
 public:
  ChronicleDesk(pipeline::World& world, DeskSeat seat) : world_(world), seat_(std::move(seat)) {}
  ChronicleDesk(const ChronicleDesk&) = delete;
  ChronicleDesk& operator=(const ChronicleDesk&) = delete;
  ~ChronicleDesk() override {
    if (worker_.joinable()) worker_.join();
  }

  const std::string& by() const override { return seat_.by; }

  Result<std::uint64_t> decide(DeskRequest request) override {
    const std::scoped_lock lock(mutex_);
    if (state_.step == DeskStep::working)
      return fail(ErrorCode::unavailable, "the decision before is still being applied");
    if (worker_.joinable()) worker_.join();
    state_ = {.job = state_.job + 1, .step = DeskStep::working, .stage = "sealing", .decision_id = {}, .error = {}};
    worker_ = std::thread([this, asked = std::move(request)] { work(asked); });
    return state_.job;
  }

  DeskState state() const override {
    const std::scoped_lock lock(mutex_);
    return state_;
  }

 private:
  void work(const DeskRequest& request) {
    const auto result = seal_and_derive(request);
    const std::scoped_lock lock(mutex_);
    state_.step = result ? DeskStep::done : DeskStep::failed;
    if (result) return;
    state_.error = result.error().sentence();
    if (!state_.decision_id.empty())
      state_.error = format("The decision is sealed; gavah derive will apply it: {}", state_.error);
  }

  Result<void> seal_and_derive(const DeskRequest& request) {
    GAVAH_ASSIGN(const auto chronicle, pipeline::Chronicle::open(world_, {.directory = seat_.directory,
                                                                          .access = pipeline::Access::read_write,
                                                                          .ask_passphrase = seat_.ask_passphrase}));
    GAVAH_TRY(check_derived(*chronicle));
    pipeline::DecideOptions options{.verb = request.verb,
                                    .items = {request.item},
                                    .slot = request.slot,
                                    .value = request.value,
                                    .reason = request.reason,
                                    .by = seat_.by};
    if (request.words) {
      GAVAH_ASSIGN(options.items.front(), anchor_item(*chronicle, *request.words));
    }
    GAVAH_ASSIGN(const Decision decision, pipeline::decide(*chronicle, options));
    tell(decision.id.hex(), "deriving", 0, 0);
    const auto progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
      tell(decision.id.hex(), stage, done, total);
    };
    GAVAH_TRY(pipeline::derive(*chronicle, {.threads = 0, .progress = progress}));
    return {};
  }

  void tell(const std::string& decision, std::string_view stage, std::uint64_t done, std::uint64_t total) {
    const std::scoped_lock lock(mutex_);
    state_.decision_id = decision;
    state_.stage = stage;
    state_.done = done;
    state_.total = total;
  }

  pipeline::World& world_;
  const DeskSeat seat_;
  mutable std::mutex mutex_;
  DeskState state_;
  std::thread worker_;
};

}  // namespace

std::unique_ptr<Desk> desk_of(pipeline::World& world, DeskSeat seat) {
  return std::make_unique<ChronicleDesk>(world, std::move(seat));
}

}  // namespace gavah::cli
