#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/check.h"
#include "base/parallel.h"

namespace gavah {

enum class Continue { yes, no };

/// Makes `count` values on up to `threads` threads (0 means all cores) while the calling thread takes them one by one,
/// in order. At most `window` values are made ahead of the one taken, which bounds memory. When `take` says no, what
/// is being made is finished and dropped. The order in which `take` sees values never depends on the threads.
template <class T>
void make_in_order(std::size_t count, std::size_t threads, std::size_t window,
                   const std::function<T(std::size_t)>& make, const std::function<Continue(std::size_t, T&&)>& take) {
  GAVAH_CHECK(window > 0);
  const std::size_t workers = std::min(count, threads == 0 ? core_count() : threads);
  if (workers <= 1) {
    for (std::size_t i = 0; i < count; ++i) {
      if (take(i, make(i)) == Continue::no) return;
    }
    return;
  }
  std::mutex mutex;
  std::condition_variable made;
  std::condition_variable taken;
  std::map<std::size_t, T> ready;
  std::size_t next_to_make = 0;
  std::size_t next_to_take = 0;
  bool stopped = false;
  const auto work = [&] {
    std::unique_lock lock(mutex);
    for (;;) {
      taken.wait(lock, [&] { return stopped || next_to_make >= count || next_to_make < next_to_take + window; });
      if (stopped || next_to_make >= count) return;
      const std::size_t i = next_to_make++;
      lock.unlock();
      T value = make(i);
      lock.lock();
      ready.emplace(i, std::move(value));
      made.notify_one();
    }
  };
  std::vector<std::jthread> pool;
  pool.reserve(workers);
  for (std::size_t i = 0; i < workers; ++i) pool.emplace_back(work);
  for (std::size_t i = 0; i < count; ++i) {
    std::unique_lock lock(mutex);
    made.wait(lock, [&] { return ready.contains(i); });
    T value = std::move(ready.extract(i).mapped());
    next_to_take = i + 1;
    taken.notify_all();
    lock.unlock();
    if (take(i, std::move(value)) == Continue::no) break;
  }
  const std::lock_guard lock(mutex);
  stopped = true;
  taken.notify_all();
}

/// Takes values from `source` until it gives none, works on each on up to `threads` threads (0 means all cores), and
/// gives them to `sink` in the order of the source. Only one thread at a time is in `source`, and only one in `sink`,
/// but not always the same; the two run at the same time, and `work` on several threads. At most `window` values are
/// between the two, which bounds memory. After `sink` says no it is given nothing more, and nothing more is taken but
/// what a thread is in `source` for; the call returns when that is back. What `sink` sees never depends on the threads.
template <class T>
void pass_in_order(std::size_t threads, std::size_t window, const std::function<std::optional<T>()>& source,
                   const std::function<void(T&)>& work, const std::function<Continue(T&)>& sink) {
  GAVAH_CHECK(window > 0);
  std::mutex taking;
  std::mutex giving;
  std::condition_variable given;
  std::map<std::size_t, T> ready;
  std::size_t next_to_take = 0;  // under `taking`
  bool ended = false;
  std::size_t next_to_give = 0;  // from here on under `giving`
  bool stopped = false;
  const auto take = [&](std::size_t& number) -> std::optional<T> {
    const std::lock_guard lock(taking);
    if (ended) return std::nullopt;
    {
      std::unique_lock room(giving);
      given.wait(room, [&] { return stopped || next_to_take < next_to_give + window; });
      if (stopped) return std::nullopt;
    }
    std::optional<T> out = source();
    ended = !out;
    number = next_to_take++;
    return out;
  };
  const auto give = [&](std::size_t number, T&& value) {
    const std::lock_guard lock(giving);
    ready.emplace(number, std::move(value));
    for (auto first = ready.begin(); !stopped && first != ready.end() && first->first == next_to_give;
         first = ready.erase(first)) {
      stopped = sink(first->second) == Continue::no;
      ++next_to_give;
    }
    given.notify_all();
  };
  const auto run = [&] {
    std::size_t number = 0;
    for (auto value = take(number); value; value = take(number)) {
      work(*value);
      give(number, *std::move(value));
    }
  };
  std::vector<std::jthread> pool;
  for (std::size_t i = 1; i < (threads == 0 ? core_count() : threads); ++i) pool.emplace_back(run);
  run();
}

}  // namespace gavah
