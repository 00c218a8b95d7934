/**
 * Access tokens that are JSON Web Tokens. Needs {@code com.nimbusds:nimbus-jose-jwt}, which an
 * application that uses this package adds to its own dependencies.
 */
@NullMarked
package io.hubbub.http.jwt;

import org.jspecify.annotations.NullMarked;
