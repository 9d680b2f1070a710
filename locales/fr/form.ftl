### Les indices sous les questions du formulaire d’une action.

form-hint =
    { $field ->
        [campaign] Son nom court, comme halte-renovictions ; un nouveau nom lance une campagne
        [wording_fr] Ce que les salons liront et que les gens copieront. Vide si personne ne lit le français
        [wording_en] Ce que les salons liront et que les gens copieront. Vide si personne ne lit l’anglais
        [link] L’adresse entière, à partir de https://
        [hashtags] Séparés par des espaces
        [networks] Où les gens peuvent relayer ; chaque réseau a son lien
        [groups] N’en choisissez aucun pour joindre tous les salons de bénévoles
        [date] Par exemple 2026-12-01 ; laissez vide pour planifier plus tard
        [time] Par exemple 9 h 30, à l’heure de chaque salon
        [closes] Par exemple 2026-12-01 20 h ; vide : la fin de la journée
        [target] Pour un appel : « Nom : numéro », séparés par un point-virgule, ou un territoire comme ca-qc
        [script_fr] Ce que dit la personne qui appelle
        [script_en] Ce que dit la personne qui appelle
        [image] Le nom d’un fichier donné avec un calendrier, comme affiche.png
        [alt_fr] Ce qu’elle montre, pour les personnes qui ne la voient pas
        [alt_en] Ce qu’elle montre, pour les personnes qui ne la voient pas
       *[other] { "" }
    }

form-send = Envoyer
