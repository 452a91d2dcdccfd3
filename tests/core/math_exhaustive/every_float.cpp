// SPDX-License-Identifier: BSL-1.0
//
// Every function of one float argument against the double of the C library, over all 2^32 values
// or each STEP-th. Usage: every_float [-j THREADS] [STEP [FUNCTION]...]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "../math/accuracy.hpp"
#include "../math/gamma_reference.hpp"

namespace {

using worst_case = accuracy::worst_case<float>;

struct options {
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  std::uint64_t step = 1;
  int names = 0;
  char** name = nullptr;

  bool selects(char const* function) const {
    for (int i = 0; i < names; ++i) {
      if (std::strcmp(name[i], function) == 0) return true;
    }
    return names == 0;
  }
};

// So few that the arrays of a block stay in the first-level cache; each loop over them is tight.
constexpr int block = 1024;

// The blocks thread, thread + threads, ... of the values.
template <typename Function, typename Reference>
worst_case sweep(options const& o, unsigned thread, Function f, Reference exact) {
  using pack = accuracy::pack<float>;
  std::uint64_t const count = ((std::uint64_t{1} << 32) - 1) / o.step + 1;
  worst_case worst;
  float xs[block], packs[block], scalars[block];
  double exacts[block];
  for (std::uint64_t first = thread * std::uint64_t{block}; first < count;
       first += o.threads * std::uint64_t{block}) {
    for (unsigned i = 0; i < block; ++i) {
      std::uint64_t const bits = o.step * std::min(first + i, count - 1);
      xs[i] = ramp::math::from_bits(static_cast<std::uint32_t>(bits));
    }
    for (int i = 0; i < block; i += pack::size) f(pack::load(xs + i)).store(packs + i);
    for (int i = 0; i < block; ++i) scalars[i] = f(xs[i]);
    for (int i = 0; i < block; ++i) exacts[i] = exact(static_cast<double>(xs[i]));
    // ulps takes longer than all of this: it is asked only about the few that may be the worst.
    std::uint64_t some = 0;
    for (int i = 0; i < block; ++i) some |= worst.may_grow(packs[i], scalars[i], exacts[i]);
    if (some == 0) continue;
    for (int i = 0; i < block; ++i) {
      if (worst.may_grow(packs[i], scalars[i], exacts[i])) {
        worst.add(xs[i], packs[i], scalars[i], static_cast<long double>(exacts[i]));
      }
    }
  }
  return worst;
}

// Of equal errors that of the smallest encoding counts, so that the number of threads does not.
worst_case worse(worst_case a, worst_case b) {
  using ramp::math::to_bits;
  bool const of_b = b.error > a.error || (b.error == a.error && to_bits(b.x) < to_bits(a.x));
  worst_case both = of_b ? b : a;
  both.scalar = std::max(a.scalar, b.scalar);
  both.apart = std::max(a.apart, b.apart);
  return both;
}

template <typename Function, typename Reference>
bool within(options const& o, char const* name, accuracy::bound bound, Function f,
            Reference exact) {
  if (!o.selects(name)) return true;
  auto const start = std::chrono::steady_clock::now();
  std::vector<worst_case> of_thread(o.threads);
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < o.threads; ++t) {
    threads.emplace_back([&, t] { of_thread[t] = sweep(o, t, f, exact); });
  }
  for (std::thread& t : threads) t.join();
  worst_case worst = of_thread[0];
  for (worst_case const& other : of_thread) worst = worse(worst, other);
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - start;
  bool const good = worst.error <= bound.of_float && worst.scalar <= bound.of_float &&
                    worst.apart <= accuracy::apart;
  std::printf("%-14s %s: pack %.3f at %a, scalar %.3f, apart %.1f, bound %.2f ulp (%.0f s)\n", name,
              good ? "good" : "BAD", worst.error, static_cast<double>(worst.x), worst.scalar,
              worst.apart, bound.of_float, took.count());
  std::fflush(stdout);
  return good;
}

}  // namespace

int main(int count, char** arguments) {
  options o;
  int next = 1;
  if (count > 2 && std::strcmp(arguments[1], "-j") == 0) {
    o.threads = static_cast<unsigned>(std::strtoul(arguments[2], nullptr, 10));
    next = 3;
  }
  if (next < count) o.step = std::strtoull(arguments[next++], nullptr, 10);
  if (o.step == 0 || o.threads == 0) {
    return std::fputs("every_float: STEP and THREADS must be positive numbers\n", stderr), 2;
  }
  o.names = count - next;
  o.name = arguments + next;

  namespace m = ramp::math;
  bool good = true;
  good &= within(
      o, "exp", accuracy::exp, [](auto x) { return m::exp(x); },
      [](double x) { return std::exp(x); });
  good &= within(
      o, "expm1", accuracy::expm1, [](auto x) { return m::expm1(x); },
      [](double x) { return std::expm1(x); });
  good &= within(
      o, "log", accuracy::log, [](auto x) { return m::log(x); },
      [](double x) { return std::log(x); });
  good &= within(
      o, "log1p", accuracy::log1p, [](auto x) { return m::log1p(x); },
      [](double x) { return std::log1p(x); });
  good &= within(
      o, "tanh", accuracy::tanh, [](auto x) { return m::tanh(x); },
      [](double x) { return std::tanh(x); });
  good &= within(
      o, "sigmoid", accuracy::sigmoid, [](auto x) { return m::sigmoid(x); },
      [](double x) { return 1 / (1 + std::exp(-x)); });
  good &= within(
      o, "softplus", accuracy::softplus, [](auto x) { return m::softplus(x); },
      [](double x) { return x > 100 ? x : std::log1p(std::exp(x)); });
  good &= within(
      o, "sin", accuracy::sin, [](auto x) { return m::sin(x); },
      [](double x) { return std::sin(x); });
  good &= within(
      o, "cos", accuracy::cos, [](auto x) { return m::cos(x); },
      [](double x) { return std::cos(x); });
  good &= within(
      o, "erf", accuracy::erf, [](auto x) { return m::erf(x); },
      [](double x) { return std::erf(x); });
  good &= within(
      o, "erfc", accuracy::erfc, [](auto x) { return m::erfc(x); },
      [](double x) { return std::erfc(x); });
  good &= within(
      o, "normal_pdf", accuracy::normal_pdf, [](auto x) { return m::normal_pdf(x); },
      [](double x) { return 0.3989422804014327 * std::exp(-0.5 * x * x); });
  good &= within(
      o, "normal_cdf", accuracy::normal_cdf, [](auto x) { return m::normal_cdf(x); },
      [](double x) { return 0.5 * std::erfc(-0.7071067811865476 * x); });
  good &= within(
      o, "sqrt", {0.5, 0.5}, [](auto x) { return m::sqrt(x); },
      [](double x) { return std::sqrt(x); });
  good &= within(
      o, "exp2", accuracy::exp2, [](auto x) { return m::exp2(x); },
      [](double x) { return std::exp2(x); });
  good &= within(
      o, "log2", accuracy::log2, [](auto x) { return m::log2(x); },
      [](double x) { return std::log2(x); });
  good &= within(
      o, "cbrt", accuracy::cbrt, [](auto x) { return m::cbrt(x); },
      [](double x) { return std::cbrt(x); });
  good &= within(
      o, "rsqrt", accuracy::rsqrt, [](auto x) { return m::rsqrt(x); },
      [](double x) { return 1 / std::sqrt(x); });
  good &= within(
      o, "sinh", accuracy::sinh, [](auto x) { return m::sinh(x); },
      [](double x) { return std::sinh(x); });
  good &= within(
      o, "cosh", accuracy::cosh, [](auto x) { return m::cosh(x); },
      [](double x) { return std::cosh(x); });
  good &= within(
      o, "tan", accuracy::tan, [](auto x) { return m::tan(x); },
      [](double x) { return std::tan(x); });
  good &= within(
      o, "asin", accuracy::asin, [](auto x) { return m::asin(x); },
      [](double x) { return std::asin(x); });
  good &= within(
      o, "acos", accuracy::acos, [](auto x) { return m::acos(x); },
      [](double x) { return std::acos(x); });
  good &= within(
      o, "atan", accuracy::atan, [](auto x) { return m::atan(x); },
      [](double x) { return std::atan(x); });
  good &= within(
      o, "asinh", accuracy::asinh, [](auto x) { return m::asinh(x); },
      [](double x) { return std::asinh(x); });
  good &= within(
      o, "acosh", accuracy::acosh, [](auto x) { return m::acosh(x); },
      [](double x) { return std::acosh(x); });
  good &= within(
      o, "atanh", accuracy::atanh, [](auto x) { return m::atanh(x); },
      [](double x) { return std::atanh(x); });
  good &= within(
      o, "logit", accuracy::logit, [](auto x) { return m::logit(x); },
      [](double x) {
        return x < 0.25 ? std::log(x) - std::log1p(-x) : std::log1p((2 * x - 1) / (1 - x));
      });
  good &= within(
      o, "log_normal_cdf", accuracy::log_normal_cdf, [](auto x) { return m::log_normal_cdf(x); },
      [](double x) {
        if (x > 0) return std::log1p(-0.5 * std::erfc(0.7071067811865476 * x));
        if (x > -20) return std::log(0.5 * std::erfc(-0.7071067811865476 * x));
        double const w = 1 / (x * x);
        return -0.5 * x * x - std::log(-x * 2.5066282746310002) +
               std::log1p(-w * (1 - 3 * w * (1 - 5 * w * (1 - 7 * w))));
      });
  good &= within(
      o, "inverse_mills", accuracy::inverse_mills, [](auto x) { return m::inverse_mills(x); },
      [](double x) {
        if (x > -20)
          return 0.7978845608028654 * std::exp(-0.5 * x * x) / std::erfc(-0.7071067811865476 * x);
        double const w = 1 / (x * x);
        return -x / (1 - w * (1 - 3 * w * (1 - 5 * w * (1 - 7 * w))));
      });
  // Below zero their bounds are not in units of the result.
  good &= within(
      o, "lgamma", accuracy::lgamma, [](auto x) { return m::lgamma(m::abs(x)); },
      [](double x) {
        int sign = 0;  // std::lgamma writes it to a global, which threads may not
        return ::lgamma_r(std::fabs(x), &sign);
      });
  good &= within(
      o, "digamma", accuracy::digamma, [](auto x) { return m::digamma(m::abs(x)); },
      [](double x) { return reference::digamma_of_positive(std::fabs(x)); });
  return good ? 0 : 1;
}
