// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ramp/backend/access.hpp>

namespace ramp::backend {
inline namespace RAMP_ISA {

/// Elementwise operations and sums over a space of rows and lanes. The outer loop takes one pack of
/// lanes at a time; each phase runs over all rows, up to a fold over the rows that the next phase
/// needs. Softmax and its loss are three phases with the batch along the lanes, so that neither
/// the maximum nor the sum is a horizontal operation. Cost: rows * lanes times the members.
template <class P, int K>
struct rows_kernel {
  using T = value_type<P>;
  using V = pack_type<P>;
  static constexpr kernel q = kernel_of<P>(K);
  static constexpr int rows = q.extent[0];
  static constexpr int lanes = q.extent[1];

  template <int I>
  static constexpr int node_at = P::plan.member(K, I);
  template <int I>
  static constexpr role part_of = place_of<P>(node_at<I>).part;
  template <int N>
  static constexpr bool inside = place_of<P>(N).kernel == K;

  /// Whether a later phase reads element I, so that it is kept for all rows.
  static consteval bool is_kept(int local) {
    int const n = P::plan.member(K, local);
    if (place_of<P>(n).part != role::element) return false;
    for (int j = 0; j < q.count; ++j) {
      int const reader = P::plan.member(K, j);
      for (int o = 0; o < node_of<P>(reader).arity; ++o)
        if (operand_of<P>(reader, o) == n && place_of<P>(reader).phase > place_of<P>(n).phase)
          return true;
    }
    return false;
  }
  static consteval bool has_rows(int local) {  // of a lane_fold or post: one result for each row
    int const n = P::plan.member(K, local);
    for (int d = 0; d < node_of<P>(n).rank; ++d)
      if (place_of<P>(n).place[d] == 0) return true;
    return false;
  }
  /// Position of member `local` among the kept elements, or among lane folds and posts by rows.
  static consteval int slot(int local, bool ends) {
    int s = 0;
    for (int i = 0; i < local; ++i) s += ends ? is_end(i) : is_kept(i);
    return s;
  }
  static consteval bool is_end(int local) {
    role const part = place_of<P>(P::plan.member(K, local)).part;
    return part == role::lane_fold || part == role::post;
  }
  static constexpr int kept_count = slot(q.count, false);
  static constexpr int end_count = slot(q.count, true);

  struct lane_values {
    V value[static_cast<std::size_t>(q.count)];                           // lane and row_fold
    V kept[static_cast<std::size_t>(kept_count == 0 ? 1 : kept_count)][rows];  // element
  };
  struct totals {
    V fold[static_cast<std::size_t>(end_count == 0 ? 1 : end_count)][rows];
  };

  static void run(context<T> c) {
    totals total;
    unroll<q.count>([&]<int I>() RAMP_LAMBDA_INLINE {
      if constexpr (part_of<I> == role::lane_fold) {
        for (int j = 0; j < (has_rows(I) ? rows : 1); ++j)
          total.fold[slot(I, true)][j] = V(operation<I>::template identity<T>);
      }
    });
    for (int lane = 0; lane < lanes; lane += V::size) {
      lane_values v;
      unroll<q.phases>([&]<int Phase>() RAMP_LAMBDA_INLINE { phase<Phase>(c, v, total, lane); });
    }
    if constexpr (end_count > 0) finish(c, total);
  }

 private:
  template <int I>
  using operation = op::operation_at<node_of<P>(node_at<I>).operation>;

  struct element_values {
    V value[static_cast<std::size_t>(q.count)];
  };

  template <int Phase>
  static consteval bool walks_rows() {
    for (int i = 0; i < q.count; ++i) {
      placement const& p = place_of<P>(P::plan.member(K, i));
      if (p.phase == Phase && (p.part == role::element || p.part == role::row_fold ||
                               (p.part == role::lane_fold && folds_elements(i))))
        return true;
    }
    return false;
  }
  /// Whether a fold reads something that differs from row to row.
  static consteval bool folds_elements(int local) {
    int const n = P::plan.member(K, local);
    for (int d = 0; d < node_of<P>(n).iteration.rank; ++d)
      if (place_of<P>(n).place[d] == 0) return true;
    return false;
  }

  template <int Phase>
  RAMP_ALWAYS_INLINE static void phase(context<T> const& c, lane_values& v, totals& total,
                                       int lane) {
    unroll<q.count>([&]<int I>() RAMP_LAMBDA_INLINE {
      constexpr int n = node_at<I>;
      if constexpr (place_of<P>(n).phase == Phase) {
        if constexpr (part_of<I> == role::lane) {
          v.value[I] = compute<P, n, V>([&]<int O>() RAMP_LAMBDA_INLINE {
            return fetch_lane<n, O>(c, v, lane);
          });
          store<P, n>(c, v.value[I], 0, lane);
        } else if constexpr (part_of<I> == role::row_fold) {
          v.value[I] = V(operation<I>::template identity<T>);
        } else if constexpr (part_of<I> == role::lane_fold && !folds_elements(I)) {
          fold_lanes<I>(total, 0, fetch_lane<n, 0>(c, v, lane), lane);
        }
      }
    });
    if constexpr (walks_rows<Phase>()) {
      for (int row = 0; row < rows; ++row) {
        element_values e;
        unroll<q.count>([&]<int I>() RAMP_LAMBDA_INLINE {
          if constexpr (place_of<P>(node_at<I>).phase == Phase)
            element<I>(c, v, e, total, row, lane);
        });
      }
    }
    unroll<q.count>([&]<int I>() RAMP_LAMBDA_INLINE {
      if constexpr (place_of<P>(node_at<I>).phase == Phase && part_of<I> == role::row_fold)
        store<P, node_at<I>>(c, v.value[I], 0, lane);
    });
  }

  template <int I>
  RAMP_ALWAYS_INLINE static void element(context<T> const& c, lane_values& v, element_values& e,
                                         totals& total, int row, int lane) {
    constexpr int n = node_at<I>;
    if constexpr (part_of<I> == role::element) {
      e.value[I] = compute<P, n, V>([&]<int O>() RAMP_LAMBDA_INLINE {
        return fetch<n, O>(c, v, e, row, lane);
      });
      if constexpr (is_kept(I)) v.kept[slot(I, false)][row] = e.value[I];
      store<P, n>(c, e.value[I], row, lane);
    } else if constexpr (part_of<I> == role::row_fold) {
      v.value[I] = operation<I>::fold(v.value[I], fetch<n, 0>(c, v, e, row, lane));
    } else if constexpr (part_of<I> == role::lane_fold && folds_elements(I)) {
      fold_lanes<I>(total, has_rows(I) ? row : 0, fetch<n, 0>(c, v, e, row, lane), lane);
    }
  }

  /// Lanes past the end hold whatever the padding held: they must not enter a sum.
  template <int I>
  RAMP_ALWAYS_INLINE static void fold_lanes(totals& total, int row, V x, int lane) {
    if constexpr (lanes % V::size != 0) {
      if (lane + V::size > lanes)
        x = select(V::iota() < V(static_cast<T>(lanes - lane)), x,
                   V(operation<I>::template identity<T>));
    }
    V& t = total.fold[slot(I, true)][row];
    t = operation<I>::fold(t, x);
  }

  template <int N, int Operand>
  RAMP_ALWAYS_INLINE static V fetch_lane(context<T> const& c, lane_values const& v, int lane) {
    constexpr int source = operand_of<P>(N, Operand);
    if constexpr (inside<source>) return v.value[place_of<P>(source).local];
    else return load<P, N, Operand, V>(c, 0, lane);
  }

  template <int N, int Operand>
  RAMP_ALWAYS_INLINE static V fetch(context<T> const& c, lane_values const& v,
                                    element_values const& e, int row, int lane) {
    constexpr int source = operand_of<P>(N, Operand);
    if constexpr (!inside<source>) {
      return load<P, N, Operand, V>(c, row, lane);
    } else {
      constexpr placement const& p = place_of<P>(source);
      if constexpr (p.part != role::element) return v.value[p.local];
      else if constexpr (p.phase == place_of<P>(N).phase) return e.value[p.local];
      else return v.kept[slot(p.local, false)][row];
    }
  }

  // --- once all lanes are done ---

  template <int I>
  RAMP_ALWAYS_INLINE static T horizontal(V x) {
    T result = x[0];
    if constexpr (std::is_same_v<operation<I>, op::sum>) {
      result = reduce_sum(x);
    } else {
      for (int i = 1; i < V::size; ++i) result = operation<I>::fold(result, x[i]);
    }
    return result;
  }

  static void finish(context<T> const& c, totals const& total) {
    T value[static_cast<std::size_t>(end_count)][rows];
    unroll<q.count>([&]<int I>() RAMP_LAMBDA_INLINE {
      constexpr int n = node_at<I>;
      constexpr int count = has_rows(I) ? rows : 1;
      if constexpr (part_of<I> == role::lane_fold) {
        for (int row = 0; row < count; ++row) {
          T sum = horizontal<I>(total.fold[slot(I, true)][row]);
          constexpr int earlier = place_of<P>(n).accumulator;
          if constexpr (earlier >= 0) {
            constexpr reach r = reach_of<P>(n, -1);
            T* const p = c.arena + earlier + r.offset(r.row, row);
            if (!c.first) sum += *p;
            if (!c.last) *p = sum;
          }
          value[slot(I, true)][row] = sum;
          store<P, n>(c, sum, row, 0);
        }
      } else if constexpr (part_of<I> == role::post) {
        if (place_of<P>(n).after_samples && !c.last) return;
        for (int row = 0; row < count; ++row) {
          T const x = compute<P, n, T>([&]<int O>() RAMP_LAMBDA_INLINE {
            constexpr int source = operand_of<P>(n, O);
            if constexpr (inside<source>) {
              constexpr int local = place_of<P>(source).local;
              return value[slot(local, true)][has_rows(local) ? row : 0];
            } else {
              return load<P, n, O, T>(c, row, 0);
            }
          });
          value[slot(I, true)][row] = x;
          store<P, n>(c, x, row, 0);
        }
      }
    });
  }
};

}  // namespace RAMP_ISA
}  // namespace ramp::backend
