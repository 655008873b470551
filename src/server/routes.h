#pragma once

#include <memory>
#include <vector>

#include "server/desk.h"
#include "server/gate.h"
#include "server/query.h"
#include "server/server.h"

namespace gavah::server {

/// Answers requests that passed the gate. One thread.
///   /api/meta                     labels, areas, log head, what the chronicle is
///   /api/agg?QUERY&view=&grid=&time=|edges=   Aggregate of the query (see query.h, aggregate.h)
///   /api/events?QUERY&sort=&page=&size=       {"total","page","size","rows":[summary]}
///   /api/event/ID                 EventPage
///   /api/trail/ID/KIND            Trail of one number; /api/trail/ID of the event
///   /api/capture/ID?part=N        CapturePage
///   /api/versions/REPORT          View::versions
///   /api/claim/ID                 ClaimPage
///   /api/decisions                every decision, newest first
///   /api/codebook                 View::codebook
///   /api/places?name=             {"places":[PLACE with "within"]}
///   /api/desk                     who may decide here, and how far the newest decision is (desk_json)
///   POST /api/decide              DeskRequest; 202 with desk_json, 403 without a desk
///   anything else                 a web asset, packed when the browser takes gzip
class Routes {
 public:
  /// `view` and `desk` must outlive the routes; without a desk the pages only read.
  Routes(const View& view, Assets assets, Desk* desk = nullptr);

  Response answer(const Request& request);

 private:
  Response api(const Request& request);
  Response decide(const Request& request);
  Response asset(const Request& request) const;
  Result<std::string> body_of(const Address& address, const Snapshot& snapshot) const;
  Result<std::string> chronicle_body(const Address& address) const;
  Result<std::string> coding_body(const Address& address) const;
  Result<std::string> aggregate_body(const Address& address, const Snapshot& snapshot) const;
  Result<std::string> events_body(const Address& address, const Snapshot& snapshot) const;
  Result<std::vector<EventRow>> found_rows(const Query& query, const Snapshot& snapshot) const;

  const View& view_;
  Assets assets_;
  Desk* desk_;
};

/// {"name","geography","protected","captures","reports","problems","events","umbrellas","first_day","last_day",
/// "head",{…},"acts":[[key,en,fa]],"sides","source_kinds","areas":[[key,en,fa,x,y]]}
std::string meta_json(const Snapshot& snapshot);

}  // namespace gavah::server
