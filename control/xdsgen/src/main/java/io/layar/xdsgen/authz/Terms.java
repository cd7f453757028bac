package io.layar.xdsgen.authz;

import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import java.util.List;

/** How tests of permissions, and of principals likewise, combine. */
interface Terms<T> {
    Terms<Permission> PERMISSIONS = new Permissions();
    Terms<Principal> PRINCIPALS = new Principals();

    T any();

    T and(List<T> terms);

    T or(List<T> terms);

    T not(T term);

    /** What is done. */
    final class Permissions implements Terms<Permission> {
        @Override
        public Permission any() {
            return Permission.newBuilder().setAny(true).build();
        }

        @Override
        public Permission and(List<Permission> terms) {
            return Permission.newBuilder()
                    .setAndRules(Permission.Set.newBuilder().addAllRules(terms))
                    .build();
        }

        @Override
        public Permission or(List<Permission> terms) {
            return Permission.newBuilder()
                    .setOrRules(Permission.Set.newBuilder().addAllRules(terms))
                    .build();
        }

        @Override
        public Permission not(Permission term) {
            return Permission.newBuilder().setNotRule(term).build();
        }
    }

    /** Who does it. */
    final class Principals implements Terms<Principal> {
        @Override
        public Principal any() {
            return Principal.newBuilder().setAny(true).build();
        }

        @Override
        public Principal and(List<Principal> terms) {
            return Principal.newBuilder()
                    .setAndIds(Principal.Set.newBuilder().addAllIds(terms))
                    .build();
        }

        @Override
        public Principal or(List<Principal> terms) {
            return Principal.newBuilder()
                    .setOrIds(Principal.Set.newBuilder().addAllIds(terms))
                    .build();
        }

        @Override
        public Principal not(Principal term) {
            return Principal.newBuilder().setNotId(term).build();
        }
    }
}
