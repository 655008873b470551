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

TEST_F(RoutesToFakes, EveryAnswerOfTheApiIsJson) {
  for (const std::string& target :
       {std::string("/api/meta"), std::string("/api/agg"),
        std::string("/api/agg?edges=18628,365,365&grid=8&view=0,0,9,9"), std::string("/api/events?size=3&sort=-status"),
        "/api/event/" + id, "/api/trail/" + id + "/killed", "/api/trail/" + id}) {
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

TEST(Gate, LetsThroughOnlyThisMachineReadingWithItsToken) {
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
