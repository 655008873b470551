#include "html/open_elements.h"

namespace gavah::html {

void OpenElements::push(const OpenElement& element) {
  count(element, 1);
  stack_.push_back(element);
}

void OpenElements::pop() {
  count(stack_.back(), -1);
  stack_.pop_back();
}

void OpenElements::pop_through(Tag tag) {
  while (!top().is_html(tag)) pop();
  pop();
}

void OpenElements::remove(std::size_t index) {
  count(stack_[index], -1);
  stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(index));
}

void OpenElements::insert(std::size_t index, const OpenElement& element) {
  count(element, 1);
  stack_.insert(stack_.begin() + static_cast<std::ptrdiff_t>(index), element);
}

std::size_t OpenElements::find_in(std::uint32_t scope, Tag tag) const {
  if (!is_open(tag)) return kNowhere;
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i].is_html(tag)) return i;
    if (stack_[i].has(scope)) return kNowhere;
  }
  return kNowhere;
}

bool OpenElements::has_heading_in_scope() const {
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i].has(kHeading)) return true;
    if (stack_[i].has(kScope)) return false;
  }
  return false;
}

std::size_t OpenElements::index_of(NodeIndex node) const {
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i].node == node) return i;
  }
  return kNowhere;
}

std::size_t OpenElements::last(Tag tag) const {
  if (!is_open(tag)) return kNowhere;
  for (std::size_t i = stack_.size(); i-- > 0;) {
    if (stack_[i].is_html(tag)) return i;
  }
  return kNowhere;
}

void OpenElements::imply_ends(Tag except) {
  while (top().has(kImpliedEnd) && top().tag != except) pop();
}

void OpenElements::imply_ends_thoroughly() {
  while (top().has(kImpliedThoroughly)) pop();
}

}  // namespace gavah::html
