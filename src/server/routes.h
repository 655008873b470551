#pragma once

#include <memory>
#include <vector>

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
///   anything else                 a web asset, packed when the browser takes gzip
class Routes {
 public:
  /// `view` must outlive the routes.
  Routes(const View& view, Assets assets);

  Response answer(const Request& request);

 private:
  Response api(const Request& request);
  Response asset(const Request& request) const;
  Result<std::string> body_of(const Address& address, const Snapshot& snapshot) const;
  Result<std::string> aggregate_body(const Address& address, const Snapshot& snapshot) const;
  Result<std::string> events_body(const Address& address, const Snapshot& snapshot) const;
  Result<std::vector<EventRow>> found_rows(const Query& query, const Snapshot& snapshot) const;

  const View& view_;
  Assets assets_;
};

/// {"name","geography","protected","captures","reports","problems","events","umbrellas","first_day","last_day",
/// "head",{…},"acts":[[key,en,fa]],"sides","source_kinds","areas":[[key,en,fa,x,y]]}
std::string meta_json(const Snapshot& snapshot);

}  // namespace gavah::server
