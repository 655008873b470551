#include "server/desk.h"

#include <algorithm>
#include <array>

#include "base/json.h"

namespace gavah::server {

namespace {

constexpr std::array<Verb, 5> kVerbs{Verb::code, Verb::correct, Verb::reject, Verb::withhold, Verb::revoke};

std::string_view name_of(DeskStep step) {
  switch (step) {
    case DeskStep::idle:
      return "idle";
    case DeskStep::working:
      return "working";
    case DeskStep::done:
      return "done";
    case DeskStep::failed:
      break;
  }
  return "failed";
}

}  // namespace

Result<DeskRequest> desk_request_from(std::string_view body) {
  if (body.size() > kMaxDecisionBytes) return fail(ErrorCode::invalid_input, "the decision is too long");
  GAVAH_ASSIGN_AS(const Json json, Json::parse(body), "reading the decision");
  ObjectReader in(json);
  DeskRequest out;
  out.verb = in.parsed("verb", verb_from);
  out.item = in.optional_text("item").value_or("");
  out.slot = in.optional_text("slot").value_or("");
  out.value = in.optional_text("value").value_or("");
  out.reason = in.text("reason");
  const auto report = in.optional_parsed("report", ReportId::from_hex);
  const auto span = read_span(in, json, "span");
  GAVAH_TRY_AS(in.finish(), "reading the decision");
  if (report.has_value() != span.has_value())
    return fail(ErrorCode::invalid_input, "a report and a span of its words go together");
  if (report) out.words = DeskWords{*report, *span};
  if (std::ranges::find(kVerbs, out.verb) == kVerbs.end())
    return fail(ErrorCode::invalid_input,
                "the pages code, correct, reject, withhold and revoke; gavah decide does more");
  if (out.reason.find_first_not_of(" \t\n") == std::string::npos)
    return fail(ErrorCode::invalid_input, "a decision needs a reason");
  if (out.verb == Verb::code && (!out.words || out.words->span.empty()))
    return fail(ErrorCode::invalid_input, "a claim is coded from words of a report");
  if (out.verb != Verb::code && out.words)
    return fail(ErrorCode::invalid_input, "words of a report are for coding alone");
  if (out.verb != Verb::code && out.item.empty())
    return fail(ErrorCode::invalid_input, "a decision needs something to act on");
  return out;
}

std::string desk_json(const Desk* desk) {
  JsonWriter out;
  out.begin_object().key("by");
  if (desk == nullptr) return out.null().end_object().take();
  const DeskState state = desk->state();
  out.text(desk->by()).member("job", state.job).member("step", name_of(state.step)).member("stage", state.stage);
  out.member("done", state.done).member("total", state.total).member("decision", state.decision_id);
  return out.member("error", state.error).end_object().take();
}

}  // namespace gavah::server
