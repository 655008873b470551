#include "publish/appending.h"

#include <algorithm>

#include "base/check.h"
#include "base/format.h"
#include "proof/proof.h"

namespace gavah::publish {

Result<Appending> Appending::from(std::span<const proof::SealedEntry> log) {
  Appending out;
  out.log_ = log;
  for (const proof::SealedEntry& sealed : log) {
    GAVAH_CHECK(sealed.index == out.register_.size());
    if (auto applied = out.register_.apply(sealed.leaf); !applied) {
      applied.error().code = ErrorCode::fatal;
      return fail_with(std::move(applied), "replaying the register");
    }
  }
  return out;
}

Result<proof::LeafIndex> Appending::append(proof::Entry entry) {
  proof::SealedEntry sealed;
  sealed.index = next();
  sealed.leaf.type = entry.type;
  sealed.leaf.refs = entry.refs;
  sealed.leaf.bind = entry.bind;
  sealed.leaf.object = entry.object;
  sealed.leaf.slots.resize(proof::slots_of(entry.type).size());
  sealed.values = entry.values;
  sealed.lists = entry.lists;
  GAVAH_TRY_AS(register_.apply(sealed.leaf), "planning what to append");
  added_.push_back(std::move(sealed));
  entries_.push_back(std::move(entry));
  return added_.back().index;
}

const proof::SealedEntry& Appending::at(proof::LeafIndex index) const {
  GAVAH_CHECK(index < next());
  return index < log_.size() ? log_[index] : added_[index - log_.size()];
}

proof::Entry act_on(proof::LeafType type, std::string_view role, std::vector<proof::LeafIndex> entries,
                    std::string_view reason) {
  std::ranges::sort(entries);
  proof::Entry out;
  out.type = type;
  out.refs = {{std::string(role), std::move(entries)}};
  out.set("made-by", std::string("program"));
  out.set("reason", std::string(reason));
  return out;
}

void cite_decision(proof::Entry& act, const Decision& decision) {
  act.set("made-by", std::string("person"));
  act.set("decision", std::to_string(decision.leaf.value_or(0)));
}

}  // namespace gavah::publish
