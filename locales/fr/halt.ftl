### Arrêter tout envoi.

halt-stopped = Arrêté : plus rien ne part, pas même les totaux, jusqu’à ce qu’une personne de la coordination tape « { -prefix }reprise ». Les boutons et les réactions comptent toujours.

halt-already = Tout est déjà arrêté depuis { $since }. Tapez « { -prefix }reprise » pour faire repartir les envois.

halt-resumed = Les envois repartent. Les actions dont l’heure est passée entre-temps ne sont pas publiées.

halt-not-halted = Rien n’était arrêté : tout part comme d’habitude.

halt-notice = Tous les envois étaient arrêtés depuis { $since } ; ils repartent maintenant.
