#include "server/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "browser/fake_view.h"

namespace gavah::server {
namespace {

using testing::HasSubstr;

std::optional<std::string_view> assets(std::string_view path) {
  if (path == "index.html") return "<!doctype html>";
  if (path == "app.js") return "plain";
  if (path == "app.js.gz") return "packed";
  return std::nullopt;
}

constexpr std::string_view kToken = "0123456789abcdef0123456789abcdef";

Request request_for(std::string_view target) {
  Request request;
  request.method = "GET";
  request.target = target;
  request.host = "127.0.0.1:8080";
  request.token = kToken;
  return request;
}

class RoutesToFakes : public testing::Test {
 protected:
  const FakeView view{50};
  Routes routes{view, assets};
  std::string id = view.snapshot()->events.id[0].hex();
};

TEST_F(RoutesToFakes, TheVersionsOfAReportsAddressAreJson) {
  const Response response = routes.answer(request_for("/api/versions/" + id));
  EXPECT_EQ(response.status, 200U);
  const auto json = Json::parse(response.body);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->text_of("address"), "https://gazette.example/port");
  EXPECT_EQ(routes.answer(request_for("/api/versions/nothex")).status, 400U);
}

/// Takes every decision and does nothing.
class FakeDesk final : public Desk {
 public:
  const std::string& by() const override { return by_; }
  Result<std::uint64_t> decide(DeskRequest request) override {
    if (state_.step == DeskStep::working) return fail(ErrorCode::unavailable, "busy");
    asked.push_back(std::move(request));
    state_.step = DeskStep::working;
    return ++state_.job;
  }
  DeskState state() const override { return state_; }
  std::vector<DeskRequest> asked;

 private:
  std::string by_ = "R. Analyst";
  DeskState state_;
};

Request decision_of(std::string_view body) {
  Request request = request_for(kDecideAddress);
  request.method = "POST";
  request.body = body;
  return request;
}

TEST_F(RoutesToFakes, WithoutADeskThePagesOnlyRead) {
  EXPECT_EQ(routes.answer(decision_of(R"({"verb":"reject","item":"00","reason":"a metaphor"})")).status, 403U);
  EXPECT_EQ(routes.answer(request_for("/api/desk")).body, R"({"by":null})");
}

TEST_F(RoutesToFakes, ADecisionReachesTheDeskAndSaysHowFarItIs) {
  FakeDesk desk;
  Routes with_desk(view, assets, &desk);
  const std::string body = R"({"verb":"reject","item":")" + id + R"(","slot":"killing","reason":"a metaphor"})";
  const Response response = with_desk.answer(decision_of(body));
  EXPECT_EQ(response.status, 202U);
  EXPECT_THAT(response.body, HasSubstr(R"("by":"R. Analyst","job":1,"step":"working")"));
  EXPECT_EQ(with_desk.answer(request_for("/api/desk")).body, response.body);
  ASSERT_EQ(desk.asked.size(), 1U);
  EXPECT_EQ(desk.asked[0].verb, Verb::reject);
  EXPECT_EQ(desk.asked[0].item, id);
  EXPECT_EQ(desk.asked[0].slot, "killing");
  EXPECT_EQ(with_desk.answer(decision_of(body)).status, 503U);
}

TEST_F(RoutesToFakes, ADecisionThatIsNoneIsRefusedWithItsReason) {
  FakeDesk desk;
  Routes with_desk(view, assets, &desk);
  for (
      const std::string_view body :
      {"", "[]", "{", R"({"verb":"reject","item":"00"})", R"({"verb":"reject","item":"00","reason":"  "})",
       R"({"verb":"reject","reason":"a metaphor"})", R"({"verb":"merge","item":"00","reason":"the same"})",
       R"({"verb":"code","value":"{}","reason":"overlooked"})",
       R"({"verb":"code","report":"00000000000000000000000000000000","span":[5,5],"value":"{}","reason":"overlooked"})",
       R"({"verb":"code","report":"00000000000000000000000000000000","span":[9,5],"value":"{}","reason":"overlooked"})"}) {
    EXPECT_EQ(with_desk.answer(decision_of(body)).status, 400U) << body;
  }
  EXPECT_EQ(with_desk.answer(decision_of(std::string(kMaxDecisionBytes + 1, ' '))).status, 400U);
  EXPECT_TRUE(desk.asked.empty());
}

TEST_F(RoutesToFakes, AClaimOpensFromItsEventWithWhyAndDecisions) {
  const auto page = Json::parse(routes.answer(request_for("/api/event/" + id)).body);
  ASSERT_TRUE(page.has_value());
  const auto claim = std::string(page->find("claims")->items().front().find("claim")->text_of("id"));
  const Response response = routes.answer(request_for("/api/claim/" + claim));
  EXPECT_EQ(response.status, 200U);
  const auto json = Json::parse(response.body);
  ASSERT_TRUE(json.has_value());
  for (const std::string_view member : {"claim", "report", "text", "events", "decisions", "why"})
    EXPECT_NE(json->find(member), nullptr) << member;
  EXPECT_EQ(routes.answer(request_for("/api/claim/" + std::string(32, 'f'))).status, 404U);
  EXPECT_EQ(routes.answer(request_for("/api/places")).status, 400U);
  EXPECT_THAT(routes.answer(request_for("/api/places?name=Velmar")).body, HasSubstr(R"("within":"Velmara")"));
}

TEST_F(RoutesToFakes, EveryAnswerOfTheApiIsJson) {
  for (const std::string& target :
       {std::string("/api/meta"), std::string("/api/agg"),
        std::string("/api/agg?edges=18628,365,365&grid=8&view=0,0,9,9"), std::string("/api/events?size=3&sort=-status"),
        "/api/event/" + id, "/api/trail/" + id + "/killed", "/api/trail/" + id, std::string("/api/decisions"),
        std::string("/api/codebook"), std::string("/api/desk")}) {
    const Response response = routes.answer(request_for(target));
    EXPECT_EQ(response.status, 200U) << target;
    EXPECT_TRUE(Json::parse(response.body).has_value()) << target;
  }
}

TEST_F(RoutesToFakes, ACaptureOpensFromItsEvent) {
  const auto page = Json::parse(routes.answer(request_for("/api/event/" + id)).body);
  ASSERT_TRUE(page.has_value());
  const auto& report = page->find("reports")->items().front();
  const auto target = std::string("/api/capture/").append(report.text_of("capture")).append("?part=0");
  const Response response = routes.answer(request_for(target));
  EXPECT_EQ(response.status, 200U);
  EXPECT_THAT(response.body, HasSubstr("\"inclusion\":[\""));
}

TEST_F(RoutesToFakes, WrongQuestionsGetTheirStatus) {
  const std::vector<std::pair<std::string, unsigned>> expected{{"/api/nothing", 404},
                                                               {"/api/event/zz", 400},
                                                               {"/api/event/" + std::string(32, 'f'), 404},
                                                               {"/api/trail/" + id + "/unheard", 404},
                                                               {"/api/trail/" + id + "/" + std::string(99, 'a'), 404},
                                                               {"/api/capture/" + id + "?part=x", 400},
                                                               {"/api/agg?act=none", 400},
                                                               {"/api/agg?grid=0", 400},
                                                               {"/api/agg?time=hour", 400},
                                                               {"/api/events?size=100000", 400},
                                                               {"/api/events?page=-1", 400},
                                                               {"/api/%", 400},
                                                               {"/../etc/passwd", 404},
                                                               {"/none.js", 404}};
  for (const auto& [target, status] : expected) {
    const Response response = routes.answer(request_for(target));
    EXPECT_EQ(response.status, status) << target;
    EXPECT_THAT(response.body, HasSubstr("\"error\"")) << target;
  }
}

TEST_F(RoutesToFakes, AnUnchangedHeadIsNotSentAgain) {
  const Response first = routes.answer(request_for("/api/agg"));
  ASSERT_FALSE(first.headers.empty());
  Request again = request_for("/api/agg");
  again.if_none_match = first.headers.front().second;
  const Response second = routes.answer(again);
  EXPECT_EQ(second.status, 304U);
  EXPECT_TRUE(second.body.empty());
}

TEST_F(RoutesToFakes, AssetsArePackedWhenTheBrowserTakesIt) {
  Request request = request_for("/app.js");
  EXPECT_EQ(routes.answer(request).body, "plain");
  request.accept_encoding = "gzip, br";
  EXPECT_EQ(routes.answer(request).body, "packed");
  EXPECT_EQ(routes.answer(request_for("/")).content_type, "text/html; charset=utf-8");
}

TEST(Gate, LetsThroughOnlyThisMachineReadingOrDecidingWithItsToken) {
  EXPECT_FALSE(refused_at_gate(request_for("/api/meta"), 8080, kToken).has_value());
  EXPECT_FALSE(refused_at_gate(request_for("/"), 8080, "other").has_value());
  const auto status = [](const Request& request) {
    const auto refused = refused_at_gate(request, 8080, kToken);
    return refused ? refused->status : 0U;
  };
  for (const std::string_view host : {"evil.example", "127.0.0.1", "127.0.0.1:8081", "localhost.evil:8080", ""}) {
    Request request = request_for("/");
    request.host = host;
    EXPECT_EQ(status(request), 421U) << host;
  }
  for (const std::string_view method : {"POST", "PUT", "DELETE", "OPTIONS", "get", ""}) {
    Request request = request_for("/");
    request.method = method;
    EXPECT_EQ(status(request), 405U) << method;
  }
  Request decision = decision_of("");
  EXPECT_EQ(status(decision), 0U);
  decision.target = "/api/decide?x";
  EXPECT_EQ(status(decision), 405U);
  decision = decision_of("");
  decision.fetch_site = "same-site";
  EXPECT_EQ(status(decision), 403U);
  decision = decision_of("");
  decision.token = "";
  EXPECT_EQ(status(decision), 401U);
  Request request = request_for("/api/meta");
  request.fetch_site = "cross-site";
  EXPECT_EQ(status(request), 403U);
  request = request_for("/api/meta");
  request.token = "0123456789abcdef0123456789abcdee";
  EXPECT_EQ(status(request), 401U);
  request.token = "";
  EXPECT_EQ(status(request), 401U);
}

}  // namespace
}  // namespace gavah::server
